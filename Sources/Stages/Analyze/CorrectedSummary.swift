import Findings
import Statistics

/// The correlation freed of noise.
enum CorrectedSummary {
  static func corrected(
    _ study: Study, relation: Relation?, reliability: Reliability, resamples: Resamples
  ) -> CorrectedCorrelation? {
    guard let relation, let ceiling = reliability.ceiling else { return nil }
    let values = resamples.replicates.compactMap { $0.corrected(resamples.kind) }
    guard !values.isEmpty else { return nil }
    let bootstrap = BootstrapInterval(replicates: values)
    let alpha = study.settings.alpha
    return CorrectedCorrelation(
      value: Attenuation.pearsonScale(relation.primary.value, resamples.kind) / ceiling,
      interval95: Interval(finite: bootstrap.percentile(coverage: 1 - alpha)),
      interval90: Interval(finite: bootstrap.percentile(coverage: 1 - 2 * alpha)),
      undefinedResamples: values.count { !$0.isFinite })
  }
}
