import ReproducibleMath

/// The interval of a correlation by Fisher's transformation: tanh(artanh r ± z/√(N − 3)).
package enum FisherInterval {
  /// The interval that covers `coverage` (.95), for N ≥ 4 models.
  package static func interval(
    _ r: Double, count: Int, coverage: Double
  ) -> ClosedRange<Double> {
    precondition(count > 3, "Fisher's interval needs four points")
    let z = Elementary.atanh(r)
    let half =
      NormalDistribution.quantile(0.5 + 0.5 * coverage) / Double(count - 3).squareRoot()
    return Elementary.tanh(z - half)...Elementary.tanh(z + half)
  }
}
