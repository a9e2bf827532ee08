/// How many pixels of each of 64 patches of an image are not 0: its shape at a glance.
struct PatchCounts {
  var a = SIMD16<Float>()
  var b = SIMD16<Float>()
  var c = SIMD16<Float>()
  var d = SIMD16<Float>()

  /// The patch of each pixel: 4 × 4 pixels of a square image, eight to a row; otherwise
  /// neighbours in line.
  static func patches(_ pixels: Int) -> [Int] {
    let side = Int(Double(pixels).squareRoot())
    guard side * side == pixels, side <= 32 else { return (0..<pixels).map { $0 * 64 / pixels } }
    return (0..<pixels).map { $0 / side / 4 * 8 + $0 % side / 4 }
  }

  init() {}

  /// - Parameter counts: 64 numbers.
  init(_ counts: Span<Float>) {
    for lane in 0..<16 {
      a[lane] = counts[lane]
      b[lane] = counts[16 + lane]
      c[lane] = counts[32 + lane]
      d[lane] = counts[48 + lane]
    }
  }

  @inline(__always)
  static func - (x: PatchCounts, y: PatchCounts) -> PatchCounts {
    var result = x
    result.a -= y.a
    result.b -= y.b
    result.c -= y.c
    result.d -= y.d
    return result
  }

  /// Adds `scale` times another.
  @inline(__always)
  mutating func add(_ scale: Float, times other: PatchCounts) {
    a += scale * other.a
    b += scale * other.b
    c += scale * other.c
    d += scale * other.d
  }

  @inline(__always)
  func dot(_ other: PatchCounts) -> Float {
    let products = a * other.a + b * other.b + (c * other.c + d * other.d)
    let eight = products.lowHalf + products.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}
