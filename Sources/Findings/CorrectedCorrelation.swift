/// The correlation that S and G would show without noise: primary correlation / ceiling.
///
/// Kendall's τ_b is first translated to the scale of r by sin(πτ/2). A value beyond ±1 is shown as it
/// is. Each bootstrap resample of models is corrected by its own reliabilities.
package struct CorrectedCorrelation: Codable, Sendable, Equatable {
  package var value: Double
  /// 95 % percentile interval; nil when too many resamples have no positive reliability to bound it.
  package var interval95: Interval?
  /// 90 % percentile interval, which the verdict compares with ±δ; nil as above.
  package var interval90: Interval?
  /// Resamples in which a reliability was not positive: they count as infinitely far out.
  package var undefinedResamples: Int

  package init(
    value: Double, interval95: Interval?, interval90: Interval?, undefinedResamples: Int
  ) {
    self.value = value
    self.interval95 = interval95
    self.interval90 = interval90
    self.undefinedResamples = undefinedResamples
  }
}
