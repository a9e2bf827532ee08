import DataFormats
import Findings

/// The tables that kind `analyze` writes.
enum StudyTables {
  /// One row a model.
  static func models(_ findings: StudyFindings) -> [UInt8] {
    var table = CSVWriter(columns: [
      "model", "sharpness", "sharpnessError", "gap", "errorGap", "trainLoss", "testLoss",
      "trainAccuracy", "testAccuracy", "epochs", "steps", "reachedTarget", "weightsDigest",
      "perturbationDigest",
    ])
    for point in findings.points {
      table.append([
        .integer(point.model), .number(point.sharpness), .number(point.sharpnessError),
        .number(point.gap), .number(point.errorGap), .number(point.trainLoss),
        .number(point.testLoss), .number(point.trainAccuracy), .number(point.testAccuracy),
        .integer(point.epochs), .integer(point.steps),
        point.reachedTarget.map { .text($0 ? "true" : "false") } ?? .missing,
        .text(point.weightsDigest), .text(point.perturbationDigest),
      ])
    }
    return table.bytes
  }

  /// One row a perturbation, by model and draw, + before −.
  static func draws(_ study: Study) -> [UInt8] {
    var table = CSVWriter(columns: [
      "model", "draw", "sign", "sigma", "baseline", "loss", "change",
    ])
    for row in study.models.flatMap(\.rows) {
      table.append([
        .integer(row.model), .integer(row.draw), .text(row.sign), .number(row.sigma),
        .number(row.baseline), .number(row.loss), .number(row.change),
      ])
    }
    return table.bytes
  }
}
