/// Pearson's product-moment correlation.
package enum Pearson {
  /// r of two lists of the same length, or nil where one of them does not vary.
  package static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    guard x.count > 1, varies(x), varies(y) else { return nil }
    let (x, y) = (Moments.centred(x), Moments.centred(y))
    // One root of the product: exactly |Σxy| when y is a multiple of x.
    let scale = (Moments.sumOfProducts(x, x) * Moments.sumOfProducts(y, y)).squareRoot()
    guard scale > 0, scale.isFinite else { return nil }
    return min(1, max(-1, Moments.sumOfProducts(x, y) / scale))
  }

  /// The two-sided p of r = 0 by t with `degreesOfFreedom` (N − 2 for a plain correlation), which
  /// must be positive.
  package static func p(_ r: Double, degreesOfFreedom: Int) -> Double {
    StudentDistribution(degreesOfFreedom: Double(degreesOfFreedom))
      .twoSidedP(t(r, degreesOfFreedom: degreesOfFreedom))
  }

  /// r·√(df / (1 − r²)); infinite at ±1.
  package static func t(_ r: Double, degreesOfFreedom: Int) -> Double {
    r * (Double(degreesOfFreedom) / ((1 - r) * (1 + r))).squareRoot()
  }

  private static func varies(_ values: [Double]) -> Bool {
    values.contains { $0 != values[0] }
  }
}
