import Findings
import Statistics

extension Verdict {
  /// The verdict on a study: the first of the four answers, in the order of the cases, that holds.
  static func reached(
    _ study: Study, relation: Relation?, reliability: Reliability,
    corrected: CorrectedCorrelation?, power: Findings.Power
  ) -> Verdict {
    if let obstacle = obstacle(study, reliability) { return .notTestable(obstacle) }
    guard let relation, let corrected, let ceiling = reliability.ceiling else {
      return .notTestable(.noVariation(of: .sharpness))
    }
    let settings = study.settings
    let isWithin = corrected.interval90?.isWithin(settings.equivalence) ?? false
    let primary = relation.primary
    if primary.holmP < settings.alpha, primary.bca.excludesZero {
      return .related(
        RelatedFinding(
          kind: primary.kind, value: primary.value, interval: primary.bca,
          coverage: 1 - settings.alpha, p: primary.holmP,
          weakerThanDelta: isWithin ? settings.equivalence : nil))
    }
    if isWithin, let interval = corrected.interval90 {
      return .noRelationLargerThanDelta(
        EquivalenceFinding(
          delta: settings.equivalence, corrected: corrected.value, interval90: interval,
          coverage: 1 - 2 * settings.alpha))
    }
    return .inconclusive(
      needs(PowerSummary(study: study, reliability: reliability), corrected.value, ceiling))
  }

  /// What keeps the question from being put at all.
  private static func obstacle(_ study: Study, _ reliability: Reliability) -> Obstacle? {
    let count = study.models.count
    guard count >= StudyAnalysis.fewestModels else {
      return .tooFewModels(found: count, needed: StudyAnalysis.fewestModels)
    }
    let configurations = study.configurations.count
    guard configurations == 1 || configurations >= Study.fewestConfigurations else {
      return .tooFewConfigurations(found: configurations, needed: Study.fewestConfigurations)
    }
    if Set(study.gap).count == 1 { return .noVariation(of: .gap) }
    if Set(study.sharpness).count == 1 { return .noVariation(of: .sharpness) }
    guard study.models[0].draws.count > 1 else { return .singleDraw }
    guard let sharpness = reliability.sharpness else { return .noVariation(of: .sharpness) }
    guard let gap = reliability.gap else { return .noVariation(of: .gap) }
    let coverage = 1 - study.settings.alpha
    if sharpness.interval.lower <= 0 || sharpness.mean <= 0 {
      return .unreliable(
        .sharpness, reliability: sharpness.mean, interval: sharpness.interval, coverage: coverage)
    }
    if gap.interval.lower <= 0 || gap.value <= 0 {
      return .unreliable(
        .gap, reliability: gap.value, interval: gap.interval, coverage: coverage)
    }
    return nil
  }

  /// How many models, or draws, an answer needs.
  private static func needs(
    _ power: PowerSummary, _ corrected: Double, _ ceiling: Double
  ) -> InconclusiveFinding {
    let (study, reliability) = (power.study, power.reliability)
    let draws = study.models[0].draws.count
    var modelsNeeded = power.models(ceiling: ceiling)
    if modelsNeeded <= study.models.count {
      modelsNeeded = max(study.models.count + 1, modelsForEstimate(study, corrected, ceiling))
    }
    var finding = InconclusiveFinding(
      delta: study.settings.equivalence, models: study.models.count, draws: draws,
      modelsNeeded: modelsNeeded, drawsNeeded: nil, modelsNeededAtThoseDraws: nil)
    if let sharpness = reliability.sharpness, let gap = reliability.gap,
      let needed = sharpness.drawsNeeded, needed > draws
    {
      let better = SpearmanBrown.reliability(of: Double(needed), single: sharpness.single)
      finding.drawsNeeded = needed
      finding.modelsNeededAtThoseDraws = power.models(
        ceiling: (better * gap.value).squareRoot())
    }
    return finding
  }

  /// Models needed if the truth is what was estimated, where "none at all" is not what keeps the
  /// question open: to detect it beyond δ, or to show that it is within δ.
  private static func modelsForEstimate(
    _ study: Study, _ corrected: Double, _ ceiling: Double
  ) -> Int {
    let count = Statistics.Power.countForEstimate(
      r: min(1, corrected.magnitude) * ceiling, bound: study.settings.equivalence * ceiling,
      alpha: study.settings.alpha)
    return Int(min(1e15, count.rounded(.up)))
  }
}
