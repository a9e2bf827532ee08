/// A confidence interval; what it covers is said where it is used.
package struct Interval: Codable, Sendable, Equatable {
  package var lower: Double
  package var upper: Double

  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// True when 0 lies outside.
  package var excludesZero: Bool { lower > 0 || upper < 0 }

  /// True when the whole interval lies strictly between −bound and bound.
  package func isWithin(_ bound: Double) -> Bool { lower > -bound && upper < bound }
}
