extension Elementary {
  /// The natural logarithm, within 1 ulp; −∞ at 0, NaN below.
  package static func log(_ x: Double) -> Double {
    if !(x > 0) { return x == 0 ? -.infinity : .nan }
    if x == .infinity { return x }
    if x < 0x1p-1022 { return logarithm(x * 0x1p54, exponentOffset: -54, correction: 0) }
    return logarithm(x, exponentOffset: 0, correction: 0)
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

  /// log x + correction for normal `x`, with x = 2^k·m and m from √½ to √2.
  private static func logarithm(
    _ x: Double, exponentOffset: Int, correction: Double
  ) -> Double {
    let bits = x.bitPattern
    // Adding the distance from √½ to 1 carries into the exponent exactly where m would exceed √2.
    let shifted = bits &+ (0x3FF0_0000_0000_0000 - 0x3FE6_A09E_667F_3BCD)
    let k = Int(shifted >> 52) - 1023
    let m = Double(bitPattern: (shifted & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_667F_3BCD)
    return logarithm(fraction: m - 1, k: k + exponentOffset, correction: correction)
  }

  /// k·log 2 + log(1 + f) + correction, from log(1 + f) = 2·artanh(s), s = f / (2 + f).
  ///
  /// The leading part f − f²/2 is kept apart, so that rounding of s matters little.
  private static func logarithm(fraction f: Double, k: Int, correction: Double) -> Double {
    let s = f / (2 + f)
    let z = s * s
    var sum = 2.0 / 23
    sum = sum * z + 2.0 / 21
    sum = sum * z + 2.0 / 19
    sum = sum * z + 2.0 / 17
    sum = sum * z + 2.0 / 15
    sum = sum * z + 2.0 / 13
    sum = sum * z + 2.0 / 11
    sum = sum * z + 2.0 / 9
    sum = sum * z + 2.0 / 7
    sum = sum * z + 2.0 / 5
    sum = sum * z + 2.0 / 3
    let half = 0.5 * f * f
    let multiple = Double(k)
    let small = s * (half + sum * z) + (multiple * ln2Low + correction)
    return multiple * ln2High - ((half - small) - f)
  }
}
