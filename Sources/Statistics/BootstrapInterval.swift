/// Intervals from the values of a statistic in bootstrap resamples.
package struct BootstrapInterval: Sendable {
  private let quantiles: Quantiles
  private let replicates: [Double]

  /// Resamples in which the statistic is undefined are left out before; at least one must remain.
  package init(replicates: [Double]) {
    self.replicates = replicates
    quantiles = Quantiles(of: replicates)
  }

  /// Between the quantiles of the resamples.
  package func percentile(coverage: Double) -> ClosedRange<Double> {
    quantiles(0.5 - 0.5 * coverage)...quantiles(0.5 + 0.5 * coverage)
  }

  /// Bias-corrected and accelerated (Efron 1987).
  ///
  /// The bias is the share of resamples below `estimate`, equal ones counting half; `acceleration`
  /// comes from ``Jackknife``.
  package func bca(
    estimate: Double, acceleration: Double, coverage: Double
  ) -> ClosedRange<Double> {
    let below = replicates.reduce(0.0) { sum, value in
      sum + (value < estimate ? 1 : value == estimate ? 0.5 : 0)
    }
    let count = Double(replicates.count)
    let share = min(max(below, 0.5), count - 0.5) / count
    let bias = NormalDistribution.quantile(share)
    func level(_ p: Double) -> Double {
      let z = bias + NormalDistribution.quantile(p)
      return NormalDistribution.cumulative(bias + z / max(1e-3, 1 - acceleration * z))
    }
    let (lower, upper) = (level(0.5 - 0.5 * coverage), level(0.5 + 0.5 * coverage))
    return quantiles(min(lower, upper))...quantiles(max(lower, upper))
  }
}
