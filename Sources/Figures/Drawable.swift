/// What a picture can show of the numbers there are.
enum Drawable {
  /// Finite, and small enough that sums and margins stay finite.
  static func contains(_ value: Double) -> Bool { value.magnitude < 1e300 }

  /// What a logarithmic axis shows is above this.
  static let leastPositive = 1e-300

  /// Too close for an axis that tells them apart.
  static func areEqual(_ a: Double, _ b: Double) -> Bool {
    (a - b).magnitude <= max(1e-12 * max(a.magnitude, b.magnitude), 1e-280)
  }
}
