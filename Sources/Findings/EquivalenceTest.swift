/// Two one-sided tests of whether the raw Pearson correlation lies within ±δ.
///
/// Reported, not decisive: noise alone makes a raw correlation small.
package struct EquivalenceTest: Codable, Sendable, Equatable {
  /// δ.
  package var bound: Double
  package var p: Double
  /// 90 % interval of r; within ±δ exactly when p < .05.
  package var interval90: Interval

  package init(bound: Double, p: Double, interval90: Interval) {
    self.bound = bound
    self.p = p
    self.interval90 = interval90
  }
}
