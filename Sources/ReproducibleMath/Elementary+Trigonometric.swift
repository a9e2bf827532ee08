extension Elementary {
  /// The largest argument, in size, that ``sin(_:)`` and ``cos(_:)`` reduce exactly enough.
  package static let largestAngle = 0x1p20

  /// The sine of `x` radians, within 1 ulp; NaN where |x| exceeds ``largestAngle``.
  package static func sin(_ x: Double) -> Double {
    if !(x.magnitude <= largestAngle) { return .nan }
    let (quadrant, angle, rest) = reducedAngle(x)
    let value = quadrant & 1 == 0 ? sineSeries(angle, rest) : cosineSeries(angle, rest)
    return quadrant & 2 == 0 ? value : -value
  }

  /// The cosine of `x` radians, within 1 ulp; NaN where |x| exceeds ``largestAngle``.
  package static func cos(_ x: Double) -> Double {
    if !(x.magnitude <= largestAngle) { return .nan }
    let (quadrant, angle, rest) = reducedAngle(x)
    let value = quadrant & 1 == 0 ? cosineSeries(angle, rest) : sineSeries(angle, rest)
    return (quadrant + 1) & 2 == 0 ? value : -value
  }

  /// Sine and cosine at once, each the same as ``sin(_:)`` and ``cos(_:)`` give.
  package static func sinCos(_ x: Double) -> (sin: Double, cos: Double) {
    if !(x.magnitude <= largestAngle) { return (.nan, .nan) }
    let (quadrant, angle, rest) = reducedAngle(x)
    let sine = sineSeries(angle, rest)
    let cosine = cosineSeries(angle, rest)
    switch quadrant & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }

  /// x = quadrant·π/2 + angle + rest, |angle| ≤ π/4 (a little more by rounding), rest below half an ulp.
  private static func reducedAngle(_ x: Double) -> (quadrant: Int, angle: Double, rest: Double) {
    let multiple = nearestInteger(x * 0x1.45f306dc9c883p-1)
    if multiple == 0 { return (0, x, 0) }
    // π/2 in three parts; the products with the first two, 33 bits each, are exact.
    let first = x - multiple * 0x1.921fb544p+0
    let second = multiple * 0x1.0b4611a6p-34
    let third = multiple * 0x1.3198a2e037073p-69
    let difference = first - second
    let lost = (first - difference) - second
    let low = third - lost
    let angle = difference - low
    return (Int(multiple), angle, (difference - angle) - low)
  }

  /// Sine of angle + rest, |angle| ≤ π/4.
  private static func sineSeries(_ angle: Double, _ rest: Double) -> Double {
    let z = angle * angle
    var sum = 1.0 / 355_687_428_096_000
    sum = sum * z - 1.0 / 1_307_674_368_000
    sum = sum * z + 1.0 / 6_227_020_800
    sum = sum * z - 1.0 / 39_916_800
    sum = sum * z + 1.0 / 362_880
    sum = sum * z - 1.0 / 5040
    sum = sum * z + 1.0 / 120
    sum = sum * z - 1.0 / 6
    return angle + (angle * z * sum + rest * (1 - 0.5 * z))
  }

  /// Cosine of angle + rest, |angle| ≤ π/4.
  private static func cosineSeries(_ angle: Double, _ rest: Double) -> Double {
    let z = angle * angle
    var sum = 1.0 / 20_922_789_888_000
    sum = sum * z - 1.0 / 87_178_291_200
    sum = sum * z + 1.0 / 479_001_600
    sum = sum * z - 1.0 / 3_628_800
    sum = sum * z + 1.0 / 40320
    sum = sum * z - 1.0 / 720
    sum = sum * z + 1.0 / 24
    let half = 0.5 * z
    let main = 1 - half
    return main + (((1 - main) - half) + (z * z * sum - angle * rest))
  }
}
