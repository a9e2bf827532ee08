extension Elementary {
  /// The hyperbolic tangent, within 3 ulp.
  package static func tanh(_ x: Double) -> Double {
    let size = x.magnitude
    if size < 0x1p-28 || x.isNaN { return x }
    let value: Double
    if size > 22 {
      value = 1
    } else if size >= 1 {
      value = 1 - 2 / (exp(2 * size) + 1)
    } else {
      let excess = expm1(-2 * size)
      value = -excess / (excess + 2)
    }
    return x < 0 ? -value : value
  }

  /// The inverse hyperbolic tangent, within 2 ulp; ±∞ at ±1, NaN beyond.
  package static func atanh(_ x: Double) -> Double {
    let size = x.magnitude
    if size < 0x1p-28 { return x }
    if !(size <= 1) { return .nan }
    if size == 1 { return x * .infinity }
    let twice = 2 * size
    let value = 0.5 * log1p(size < 0.5 ? twice + twice * size / (1 - size) : twice / (1 - size))
    return x < 0 ? -value : value
  }
}
