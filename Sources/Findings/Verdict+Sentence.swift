extension Verdict {
  /// The verdict in one sentence, for the first line of a report.
  package var sentence: String {
    switch self {
    case .notTestable(let obstacle): "Not testable: \(obstacle.clause)."
    case .related(let finding): finding.sentence
    case .noRelationLargerThanDelta(let finding): finding.sentence
    case .inconclusive(let finding): finding.sentence
    }
  }

  /// The verdict in one or two words, for a table.
  package var title: String {
    switch self {
    case .notTestable: "not testable"
    case .related(let finding):
      finding.weakerThanDelta == nil ? "related" : "related, but weaker than δ"
    case .noRelationLargerThanDelta: "no relation larger than δ"
    case .inconclusive: "inconclusive"
    }
  }
}

extension Verdict.Quantity {
  /// The quantity as a sentence names it.
  fileprivate var phrase: String {
    switch self {
    case .sharpness: "the sharpness"
    case .gap: "the generalization gap"
    }
  }
}

extension Verdict.Obstacle {
  fileprivate var clause: String {
    switch self {
    case .tooFewModels(let found, let needed):
      "\(found) model\(found == 1 ? " is" : "s are") too few, at least \(needed) are needed"
    case .tooFewConfigurations(let found, let needed):
      "\(found) configurations are too few to tell a relation from what else differs between them, "
        + "at least \(needed) are needed, or one alone"
    case .noVariation(let quantity):
      "\(quantity.phrase) is the same for all models"
    case .singleDraw:
      "one draw a model says nothing about the noise of the sharpness"
    case .unreliable(let quantity, let reliability, let interval, let coverage):
      "the reliability of \(quantity.phrase) is \(decimal(reliability)) "
        + "(\(percent(coverage)) interval \(range(interval))), so that all its differences between models may be noise"
    }
  }
}

extension Verdict.RelatedFinding {
  fileprivate var sentence: String {
    let direction =
      value > 0 ? "Sharper models have larger gaps" : "Sharper models have smaller gaps"
    let places = interval.decimals(atLeast: 2, apartFrom: interval.excludedMarks)
    let evidence =
      "\(kind.symbol) = \(decimal(value, places: places)), "
      + "\(percent(coverage)) interval \(range(interval, places: places)), "
      + "p \(p < 0.001 ? "< 0.001" : "= " + decimal(p, places: 3))"
    guard let delta = weakerThanDelta else { return "\(direction): \(evidence)." }
    return "\(direction), but the relation is weaker than \(chosen(delta)): \(evidence)."
  }
}

extension Verdict.EquivalenceFinding {
  fileprivate var sentence: String {
    let places = interval90.decimals(atLeast: 2, apartFrom: [-delta, delta])
    return
      "There is no relation larger than \(chosen(delta)) between sharpness and gap: corrected for "
      + "noise, the correlation is \(decimal(corrected, places: places)), "
      + "\(percent(coverage)) interval \(range(interval90, places: places))."
  }
}

extension Verdict.InconclusiveFinding {
  fileprivate var sentence: String {
    var text =
      "Inconclusive: \(models) models with \(draws) draws each can neither show a relation nor exclude one "
      + "larger than \(chosen(delta)); that needs about \(modelsNeeded) models"
    if let draws = drawsNeeded, let models = modelsNeededAtThoseDraws {
      text += ", or about \(models) models with \(draws) draws each"
    }
    return text + "."
  }
}

extension AnalysisSettings.Primary {
  /// The letter of this correlation.
  package var symbol: String {
    switch self {
    case .pearson: "r"
    case .spearman: "ρ"
    case .kendall: "τ"
    }
  }
}

/// A share as percents, with as many decimals as it needs.
private func percent(_ share: Double) -> String {
  var text = chosen(100 * share)
  while text.hasSuffix("0") { text.removeLast() }
  return (text.hasSuffix(".") ? String(text.dropLast()) : text) + " %"
}

private func range(_ interval: Interval, places: Int = 2) -> String {
  "\(decimal(interval.lower, places: places)) to \(decimal(interval.upper, places: places))"
}

/// A number that somebody chose: two decimals, or as many as it has.
private func chosen(_ value: Double) -> String {
  let places = (2...12).first { places in
    let scale = Interval.scale(decimals: places)
    return ((value * scale).rounded() / scale - value).magnitude <= 1e-9 * value.magnitude
  }
  return places.map { decimal(value, places: $0) } ?? value.description
}

/// `value` with a fixed number of decimals, ties away from zero; a true minus sign.
private func decimal(_ value: Double, places: Int = 2) -> String {
  let scaled = (value.magnitude * Interval.scale(decimals: places)).rounded()
  guard scaled < 1e15 else { return value.description }
  let digits = String(Int(scaled))
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  return (value < 0 && scaled > 0 ? "−" : "") + padded.dropLast(places) + "."
    + padded.suffix(places)
}
