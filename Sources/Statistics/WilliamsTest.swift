/// Williams' test of two correlations that share a variable: r(y, a) against r(y, b).
///
/// Source: Steiger, "Tests for comparing elements of a correlation matrix" (1980), formula 7.
package struct WilliamsTest: Sendable, Equatable {
  package let t: Double
  package let p: Double

  /// From r(y, a), r(y, b), r(a, b) of N ≥ 4 points; nil where the three do not allow a test.
  package init?(_ ya: Double, _ yb: Double, _ ab: Double, count: Int) {
    let n = Double(count)
    let determinant = 1 - ya * ya - yb * yb - ab * ab + 2 * ya * yb * ab
    let mean = 0.5 * (ya + yb)
    let rest = (1 - ab) * (1 - ab) * (1 - ab)
    let denominator = 2 * (n - 1) / (n - 3) * determinant + mean * mean * rest
    guard count > 3, denominator > 0 else { return nil }
    t = (ya - yb) * ((n - 1) * (1 + ab) / denominator).squareRoot()
    p = StudentDistribution(degreesOfFreedom: n - 3).twoSidedP(t)
  }
}
