extension Elementary {
  /// The exponential function, within 1 ulp (subnormal results within 1.5).
  package static func exp(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.782712893384 { return .infinity }
    if x < -745.1332191019412 { return 0 }
    let (k, excess) = reducedExponential(x)
    let value = 1 + excess
    if k >= -1021 && k <= 1023 { return value * powerOfTwo(k) }
    return k > 0
      ? value * powerOfTwo(1023) * powerOfTwo(k - 1023)
      : value * powerOfTwo(k + 1000) * powerOfTwo(-1000)
  }

  /// eˣ − 1 without cancellation for small `x`, within 2 ulp.
  package static func expm1(_ x: Double) -> Double {
    if x.isNaN || x == 0 { return x }
    if x > 709.782712893384 { return .infinity }
    if x < -40 { return -1 }
    let (k, excess) = reducedExponential(x)
    if k == 0 { return excess }
    if k > 60 { return exp(x) }
    return (excess + (1 - powerOfTwo(-k))) * powerOfTwo(k)
  }

  /// k and e^r − 1 with x = k·log 2 + r and |r| ≤ ½·log 2 (a little more by rounding).
  private static func reducedExponential(_ x: Double) -> (k: Int, excess: Double) {
    let multiple = nearestInteger(x * 0x1.71547652b82fep+0)
    let high = x - multiple * ln2High
    let low = multiple * ln2Low
    let r = high - low
    let r2 = r * r
    let r4 = r2 * r2
    let leading = cubic(r, r2, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120)
    let middle = cubic(r, r2, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362_880)
    let last = cubic(
      r, r2, 1.0 / 3_628_800, 1.0 / 39_916_800, 1.0 / 479_001_600, 1.0 / 6_227_020_800)
    let sum = leading + r4 * (middle + r4 * last)
    let tail = ((high - r) - low) + r2 * sum
    return (Int(multiple), r + tail)
  }
}
