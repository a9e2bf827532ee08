import ReproducibleMath

/// What a number of points can show about a correlation.
package enum Power {
  /// The smallest |r| with a two-sided p below `alpha`, for N ≥ 3 points.
  package static func criticalR(count: Int, alpha: Double = 0.05) -> Double {
    let df = Double(count - 2)
    let t = StudentDistribution(degreesOfFreedom: df).quantile(1 - 0.5 * alpha)
    return t / (df + t * t).squareRoot()
  }

  /// The true r that is found with probability `power`: tanh((z₁₋α/₂ + z_power)/√(N − 3)), N ≥ 4.
  package static func detectableR(count: Int, power: Double, alpha: Double = 0.05) -> Double {
    let z =
      NormalDistribution.quantile(1 - 0.5 * alpha) + NormalDistribution.quantile(power)
    return Elementary.tanh(z / Double(count - 3).squareRoot())
  }

  /// Points that show |r| < δ with probability 80 % when there is no correlation at all.
  ///
  /// ((z₁₋α + z.₉₀)/artanh(δ·ceiling))² + 3, where the ceiling lowers what δ looks like in raw values.
  package static func countForEquivalence(
    delta: Double, ceiling: Double = 1, alpha: Double = 0.05
  ) -> Double {
    let z = NormalDistribution.quantile(1 - alpha) + NormalDistribution.quantile(0.9)
    let ratio = z / Elementary.atanh(delta * ceiling)
    return ratio * ratio + 3
  }

  /// Points that with probability 80 % tell a true correlation `r` from `bound`, or from 0.
  ///
  /// Below the bound: points whose 1 − 2α interval lies within it. At or above: points for which r is
  /// significant. Both must be less than 1.
  package static func countForEstimate(
    r: Double, bound: Double, alpha: Double = 0.05
  ) -> Double {
    let isWithin = r < bound
    let z =
      NormalDistribution.quantile(1 - (isWithin ? 1 : 0.5) * alpha)
      + NormalDistribution.quantile(0.8)
    let distance =
      isWithin ? Elementary.atanh(bound) - Elementary.atanh(r) : Elementary.atanh(r)
    return z / distance * (z / distance) + 3
  }
}
