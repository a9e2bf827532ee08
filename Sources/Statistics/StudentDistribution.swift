import ReproducibleMath

/// Student's t distribution.
package struct StudentDistribution: Sendable {
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "t needs positive degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value at least as far from 0 as `t`.
  package func twoSidedP(_ t: Double) -> Double {
    if t.magnitude == .infinity { return 0 }
    let df = degreesOfFreedom
    return BetaDistribution.regularized(df / (df + t * t), 0.5 * df, 0.5)
  }

  /// The probability of a value up to `t`.
  package func cumulative(_ t: Double) -> Double {
    let tail = 0.5 * twoSidedP(t)
    return t < 0 ? tail : 1 - tail
  }

  /// The value that is exceeded with probability 1 − p, for 0 < p < 1.
  package func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a quantile needs a probability between 0 and 1")
    return p < 0.5 ? -upperQuantile(2 * p) : upperQuantile(2 * (1 - p))
  }

  /// The t ≥ 0 whose two-sided p is `p`, by halving an interval that holds it.
  private func upperQuantile(_ p: Double) -> Double {
    if p >= 1 { return 0 }
    var (low, high) = (0.0, 1.0)
    while twoSidedP(high) > p, high < 1e300 { high *= 2 }
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      if middle == low || middle == high { break }
      if twoSidedP(middle) > p { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
