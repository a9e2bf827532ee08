import Findings
import Statistics

/// How much of the differences between models is real.
struct ReliabilitySummary {
  let study: Study
  let noise: NoiseModel?
  let resamples: Resamples
  let halves: GapHalves

  private static let curveDraws = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]

  var reliability: Reliability {
    let (sharpness, gap) = (sharpness, gap)
    var ceiling: Double?
    if let sharpness, let gap { ceiling = Attenuation.ceiling(sharpness.mean, gap.value) }
    return Reliability(sharpness: sharpness, gap: gap, ceiling: ceiling)
  }

  private var coverage: Double { 1 - study.settings.alpha }

  private var sharpness: SharpnessReliability? {
    guard let icc = IntraclassCorrelation(rows: study.models.map(\.draws)),
      let interval = resamples.percentile(coverage: coverage, \.sharpnessReliability)
    else { return nil }
    let k = icc.repetitions
    let curve = Set(Self.curveDraws + [k]).sorted().map {
      SharpnessReliability.CurvePoint(
        draws: $0, reliability: SpearmanBrown.reliability(of: Double($0), single: icc.single))
    }
    return SharpnessReliability(
      single: icc.single, mean: icc.mean, interval: Interval(interval), draws: k,
      betweenVariance: (icc.between - icc.within) / Double(k), withinVariance: icc.within,
      drawsNeeded: SpearmanBrown.needed(single: icc.single), curve: icc.single > 0 ? curve : [])
  }

  private var gap: GapReliability? {
    let ones = [Double](repeating: 1, count: study.models.count)
    guard let value = noise?.gapReliability(weights: ones),
      let interval = resamples.percentile(coverage: coverage, \.gapReliability)
    else { return nil }
    return GapReliability(
      value: value, interval: Interval(interval),
      splitHalf: SplitHalf.reliability(halves.correlations), splits: halves.correlations.count)
  }
}
