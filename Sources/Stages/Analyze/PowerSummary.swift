import Findings
import Statistics

/// What this number of models and draws could have found.
struct PowerSummary {
  let study: Study
  let reliability: Reliability

  private static let curveModels = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]

  var power: Findings.Power {
    let count = study.models.count
    let isTestable = count >= StudyAnalysis.fewestModels
    let (found80, found90) = (detectable(count, 0.8), detectable(count, 0.9))
    let ceiling = reliability.ceiling
    return Findings.Power(
      criticalR: isTestable
        ? Statistics.Power.criticalR(count: count, alpha: study.settings.alpha) : nil,
      detectable80: found80, detectable90: found90,
      detectableCorrected80: ceiling.flatMap { c in found80.map { $0 / c } },
      detectableCorrected90: ceiling.flatMap { c in found90.map { $0 / c } },
      modelsForEquivalence: ceiling.map { models(ceiling: $0) },
      modelsForEquivalenceWithExactSharpness: reliability.gap.flatMap { gap in
        gap.value > 0 ? models(ceiling: gap.value.squareRoot()) : nil
      },
      curve: curve(count))
  }

  /// Models that show with probability 80 % that no relation is larger than δ, if there is none.
  func models(ceiling: Double) -> Int {
    let count = Statistics.Power.countForEquivalence(
      delta: study.settings.equivalence, ceiling: min(1, ceiling), alpha: study.settings.alpha)
    return Int(min(1e15, count.rounded(.up)))
  }

  private func detectable(_ count: Int, _ power: Double) -> Double? {
    guard count >= StudyAnalysis.fewestModels else { return nil }
    return Statistics.Power.detectableR(
      count: count, power: power, alpha: study.settings.alpha)
  }

  private func curve(_ count: Int) -> [Findings.Power.CurvePoint] {
    Set(Self.curveModels + [count]).sorted().compactMap { count in
      guard let found80 = detectable(count, 0.8), let found90 = detectable(count, 0.9) else {
        return nil
      }
      return Findings.Power.CurvePoint(
        models: count, detectable80: found80, detectable90: found90)
    }
  }
}
