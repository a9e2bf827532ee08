import ReproducibleMath

/// What noise does to a correlation, and what undoes it.
package enum Attenuation {
  /// √(product of the reliabilities), or nil unless both are positive.
  package static func ceiling(_ sharpness: Double, _ gap: Double) -> Double? {
    sharpness > 0 && gap > 0 ? (sharpness * gap).squareRoot() : nil
  }

  /// The correlation on the scale of Pearson's r divided by the ceiling; ±∞ without one.
  package static func corrected(
    _ value: Double, _ kind: CorrelationKind, _ sharpness: Double, _ gap: Double
  ) -> Double {
    let r = pearsonScale(value, kind)
    guard let ceiling = ceiling(sharpness, gap) else { return r < 0 ? -.infinity : .infinity }
    return r / ceiling
  }

  /// Kendall's τ as sin(πτ/2), which is r for normal variables (Greiner); others as they are.
  package static func pearsonScale(_ value: Double, _ kind: CorrelationKind) -> Double {
    kind == .kendall ? Elementary.sin(0.5 * Double.pi * value) : value
  }
}
