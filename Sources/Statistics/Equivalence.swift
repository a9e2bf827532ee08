import ReproducibleMath

/// Two one-sided tests of whether a correlation lies within ±δ.
package struct Equivalence: Sendable, Equatable {
  /// The larger of the two one-sided p.
  package let p: Double
  /// The 90 % (1 − 2α) interval of r by Fisher's transformation, within ±δ exactly when p < α.
  package let interval90: ClosedRange<Double>

  /// For a correlation of N ≥ 4 points and 0 < δ < 1.
  package init(r: Double, count: Int, delta: Double, alpha: Double = 0.05) {
    let z = Elementary.atanh(r)
    let bound = Elementary.atanh(delta)
    let root = Double(count - 3).squareRoot()
    // Upper tails as lower tails of the negative, which keep their digits.
    let above = NormalDistribution.cumulative(-(z + bound) * root)
    let below = NormalDistribution.cumulative((z - bound) * root)
    p = max(above, below)
    interval90 = FisherInterval.interval(r, count: count, coverage: 1 - 2 * alpha)
  }
}
