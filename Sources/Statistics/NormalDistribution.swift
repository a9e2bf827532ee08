import ReproducibleMath

/// The standard normal distribution.
package enum NormalDistribution {
  /// Φ(x), the probability of a value up to `x`; relative error below 1e-13 in the lower tail too.
  package static func cumulative(_ x: Double) -> Double {
    let z = -x / 2.0.squareRoot()
    return z < 0 ? 1 - 0.5 * complementaryError(-z) : 0.5 * complementaryError(z)
  }

  /// Φ⁻¹(p); ∓∞ at 0 and 1, NaN outside.
  package static func quantile(_ p: Double) -> Double {
    if !(p >= 0 && p <= 1) { return .nan }
    if p == 0 || p == 1 { return p == 0 ? -.infinity : .infinity }
    return p <= 0.5 ? lowerQuantile(p) : -lowerQuantile(1 - p)
  }

  /// φ(x), the density.
  package static func density(_ x: Double) -> Double {
    Elementary.exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
  }

  /// erfc(z) for z ≥ 0: a series of positive terms below 2, a continued fraction above.
  private static func complementaryError(_ z: Double) -> Double {
    if z > 27 { return 0 }
    let scale = Elementary.exp(-z * z) / Double.pi.squareRoot()
    if z < 2 { return 1 - 2 * scale * errorSeries(z) }
    var fraction = 0.0
    for k in stride(from: 80, through: 1, by: -1) { fraction = 0.5 * Double(k) / (z + fraction) }
    return scale / (z + fraction)
  }

  /// The sum of 2ⁿ z²ⁿ⁺¹ / (1·3·5 … (2n + 1)).
  private static func errorSeries(_ z: Double) -> Double {
    var (term, sum, n) = (z, z, 0.0)
    while term > 1e-17 * sum {
      n += 1
      term *= 2 * z * z / (2 * n + 1)
      sum += term
    }
    return sum
  }

  /// Φ⁻¹ for p ≤ ½: formula 26.2.23 of Abramowitz and Stegun, then steps by Halley's rule.
  private static func lowerQuantile(_ p: Double) -> Double {
    let t = (-2 * Elementary.log(p)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var x = numerator / denominator - t
    for _ in 0..<4 {
      let u = (cumulative(x) - p) / density(x)
      x -= u / (1 + 0.5 * x * u)
    }
    return x
  }
}
