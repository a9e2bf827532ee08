extension Elementary {
  /// The largest argument, in size, that sine and cosine are defined for here.
  package static let largestAngle = 0x1p20

  /// The sine of `x` radians, within 1 ulp; NaN where |x| exceeds ``largestAngle``.
  package static func sin(_ x: Double) -> Double { sinCos(x).sin }

  /// The cosine of `x` radians, within 1 ulp; NaN where |x| exceeds ``largestAngle``.
  package static func cos(_ x: Double) -> Double { sinCos(x).cos }

  /// Sine and cosine at once.
  ///
  /// Without branches on the quadrant: random angles would mispredict every other one.
  package static func sinCos(_ x: Double) -> (sin: Double, cos: Double) {
    guard x.magnitude <= largestAngle else { return (.nan, .nan) }
    let multiple = nearestInteger(x * 0x1.45f306dc9c883p-1)
    let (angle, rest) = remainder(x, multiple)
    let sine = sineSeries(angle, rest).bitPattern
    let cosine = cosineSeries(angle, rest).bitPattern
    // The low bits of 1.5·2⁵² + multiple are those of the integer.
    let quadrant = (multiple + 0x1.8p52).bitPattern
    let exchanged = (sine ^ cosine) & (0 &- (quadrant & 1))
    return (
      Double(bitPattern: (sine ^ exchanged) ^ ((quadrant & 2) << 62)),
      Double(bitPattern: (cosine ^ exchanged) ^ (((quadrant &+ 1) & 2) << 62))
    )
  }

  /// x − multiple·π/2 as a sum of two, the second below half an ulp of the first.
  @inline(__always)
  private static func remainder(
    _ x: Double, _ multiple: Double
  ) -> (angle: Double, rest: Double) {
    // π/2 in three parts; the products with the first two, 33 bits each, are exact.
    let first = x - multiple * 0x1.921fb544p+0
    let second = multiple * 0x1.0b4611a6p-34
    let third = multiple * 0x1.3198a2e037073p-69
    let difference = first - second
    let lost = (first - difference) - second
    let low = third - lost
    let angle = difference - low
    return (angle, (difference - angle) - low)
  }

  /// Sine of angle + rest, |angle| ≤ π/4 (a little more by rounding).
  @inline(__always)
  private static func sineSeries(_ angle: Double, _ rest: Double) -> Double {
    let z = angle * angle
    let z2 = z * z
    let low = cubic(z, z2, -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362_880)
    let high = cubic(
      z, z2, -1.0 / 39_916_800, 1.0 / 6_227_020_800, -1.0 / 1_307_674_368_000,
      1.0 / 355_687_428_096_000)
    return angle + (angle * z * (low + z2 * z2 * high) + rest * (1 - 0.5 * z))
  }

  /// Cosine of angle + rest, |angle| ≤ π/4 (a little more by rounding).
  @inline(__always)
  private static func cosineSeries(_ angle: Double, _ rest: Double) -> Double {
    let z = angle * angle
    let z2 = z * z
    let low = cubic(z, z2, 1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3_628_800)
    let high = cubic(
      z, z2, 1.0 / 479_001_600, -1.0 / 87_178_291_200, 1.0 / 20_922_789_888_000,
      -1.0 / 6_402_373_705_728_000)
    let half = 0.5 * z
    let main = 1 - half
    return main + (((1 - main) - half) + (z2 * (low + z2 * z2 * high) - angle * rest))
  }
}
