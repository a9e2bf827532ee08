extension Elementary {
  /// The natural logarithm, within 1 ulp; −∞ at 0, NaN below.
  package static func log(_ x: Double) -> Double {
    if x >= 0x1p-1022 && x < .infinity {
      return logarithm(x, exponentOffset: 0, correction: 0)
    }
    if !(x > 0) { return x == 0 ? -.infinity : .nan }
    if x == .infinity { return x }
    return logarithm(x * 0x1p54, exponentOffset: -54, correction: 0)
  }

  /// The logarithm of 1 + x without cancellation for small `x`, within 1 ulp; NaN below −1.
  package static func log1p(_ x: Double) -> Double {
    if !(x > -1) { return x == -1 ? -.infinity : .nan }
    if x == .infinity || x == 0 { return x }
    if x > -0.29 && x < 0.41 { return logarithm(fraction: x, k: 0, correction: 0) }
    let u = 1 + x
    let lost = x > 1 ? 1 - (u - x) : x - (u - 1)
    return logarithm(u, exponentOffset: 0, correction: lost / u)
  }

  /// log x + correction for normal `x`, with x = 2^k·(1 + f) and 1 + f from √½ to √2.
  @inline(__always)
  private static func logarithm(
    _ x: Double, exponentOffset: Int, correction: Double
  ) -> Double {
    // Adding the distance from √½ to 1 carries into the exponent exactly where 1 + f would exceed √2.
    let shifted = x.bitPattern &+ (0x3FF0_0000_0000_0000 - 0x3FE6_A09E_667F_3BCD)
    let significand = (shifted & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_667F_3BCD
    let k = Int(truncatingIfNeeded: shifted >> 52) &- 1023 &+ exponentOffset
    return logarithm(
      fraction: Double(bitPattern: significand) - 1, k: Double(k), correction: correction)
  }

  /// k·log 2 + log(1 + f) + correction, from log(1 + f) = 2·artanh(s), s = f / (2 + f).
  ///
  /// The leading part f − f²/2 is kept apart, so that rounding of s matters little.
  @inline(__always)
  private static func logarithm(fraction f: Double, k: Double, correction: Double) -> Double {
    let s = f / (2 + f)
    let z = s * s
    let z2 = z * z
    let z4 = z2 * z2
    let low = cubic(z, z2, 2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9)
    let middle = cubic(z, z2, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17)
    let high = cubic(z, z2, 2.0 / 19, 2.0 / 21, 2.0 / 23, 2.0 / 25)
    let sum = z * (low + z4 * (middle + z4 * high))
    let half = 0.5 * f * f
    let small = s * (half + sum) + (k * ln2Low + correction)
    return k * ln2High - ((half - small) - f)
  }
}
