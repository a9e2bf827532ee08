import DataFormats
import Findings
import StageInterface

/// The perturbations of all models, by model.
struct DrawTable {
  /// Rows in order of draw, + before −, and the digests of the tables they come from.
  private(set) var rows: [Int: [DrawRow]] = [:]
  private(set) var digests: [Int: [String]] = [:]

  /// The moves of the σ asked for, or of the only one that there is.
  init(_ branches: [CollectedBranch], sigma: Double?) throws {
    var sigmas: Set<Double> = []
    for branch in branches {
      let artifact = try branch.artifact("losses")
      let read: [DrawRow]
      do {
        read = try Self.rows(CSVTable(parsing: artifact.read()))
      } catch {
        throw AnalyzeError.badArtifact(
          branch: branch.axesText.map { "the perturbation \($0)" } ?? "the perturbation",
          artifact: "losses", reason: "\(error)")
      }
      sigmas.formUnion(read.map(\.sigma))
      for row in read where row.sigma == sigma ?? row.sigma {
        rows[row.model, default: []].append(row)
      }
      for model in Set(read.map(\.model)) { digests[model, default: []].append(artifact.digest) }
    }
    try Self.check(sigmas, sigma)
    for model in rows.keys.sorted() {
      rows[model]?.sort { ($0.draw, $0.sign) < ($1.draw, $1.sign) }
      try check(model)
    }
  }

  private static func check(_ sigmas: Set<Double>, _ wanted: Double?) throws(AnalyzeError) {
    if let wanted, !sigmas.contains(wanted), !sigmas.isEmpty {
      throw .noSuchSigma(wanted, found: sigmas.sorted())
    }
    guard wanted != nil || sigmas.count <= 1 else { throw .severalSigmas(sigmas.sorted()) }
  }

  private func check(_ model: Int) throws(AnalyzeError) {
    let rows = rows[model] ?? []
    for (row, next) in zip(rows, rows.dropFirst()) where row.place == next.place {
      throw .repeatedDraw(model: model, draw: row.draw, sign: row.sign)
    }
    for row in rows {
      guard row.baseline.isFinite else {
        throw .notFinite(model: model, quantity: "loss before a move")
      }
      guard row.loss.isFinite, row.change.isFinite else {
        throw .notFinite(
          model: model,
          quantity: "loss after draw \(row.draw) (\(row.sign)) with sigma \(row.sigma)")
      }
    }
  }

  /// The settings of all perturbations, which must agree, for the draws of the given models.
  func settings(_ models: [Int]) throws(AnalyzeError) -> PerturbationSettings {
    let all = models.flatMap { rows[$0] ?? [] }
    var others: [Setting] = []
    for name in Set(all.flatMap(\.others.keys)).sorted() {
      others.append(Setting(name: name, value: try Self.common(name, all.map { $0.others[name] })))
    }
    return PerturbationSettings(
      sigma: all.first?.sigma ?? 0, draws: Set(all.map(\.draw)).count,
      antithetic: all.contains { $0.sign == "-" }, others: others)
  }

  private static func common(_ name: String, _ values: [String?]) throws(AnalyzeError) -> String {
    let distinct = Set(values.map { $0 ?? "nothing" })
    guard let value = distinct.first, distinct.count == 1 else {
      throw .differentSetting(name: name, values: distinct.sorted())
    }
    return value
  }

  private static func rows(_ table: CSVTable) throws -> [DrawRow] {
    let (models, draws) = (try table.integers("model"), try table.integers("draw"))
    let (signs, sigmas) = (try table.strings("sign"), try table.doubles("sigma"))
    let (baselines, losses) = (try table.doubles("baseline"), try table.doubles("loss"))
    let changes = try table.doubles("change")
    if let sign = signs.first(where: { $0 != "+" && $0 != "-" }) {
      throw UnusableTable(reason: "the sign '\(sign)' is neither + nor -")
    }
    let known = ["model", "draw", "sign", "sigma", "baseline", "loss", "change"]
    let others = try table.columns.filter { !known.contains($0) }.map {
      (name: $0, values: try table.strings($0))
    }
    return (0..<table.rowCount).map { row in
      DrawRow(
        model: models[row], draw: draws[row], sign: signs[row], sigma: sigmas[row],
        baseline: baselines[row], loss: losses[row], change: changes[row],
        others: Dictionary(
          others.map { ($0.name, $0.values[row]) }, uniquingKeysWith: { first, _ in first }))
    }
  }
}

extension DrawRow {
  /// What tells rows of one model apart.
  var place: Place { Place(draw: draw, sign: sign) }

  struct Place: Hashable {
    var draw: Int
    var sign: String
  }
}
