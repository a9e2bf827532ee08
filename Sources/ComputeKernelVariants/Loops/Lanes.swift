import CCPU

/// Sixteen numbers at a time: the unit of every sum in the kernel, whatever the machine's width.
typealias Lanes = SIMD16<Float>
typealias IntegerLanes = SIMD16<Int32>

/// Numbers in memory, kept in sixteens so that they are aligned, read from any place on.
package typealias Floats = Span<SIMD16<Float>>
package typealias MutableFloats = MutableSpan<SIMD16<Float>>

/// Bytes in a float; offsets are counted in floats everywhere else.
let floatSize = 4

extension Span<SIMD16<Float>> {
  @inline(__always)
  var floats: Int { count * 16 }

  /// Sixteen floats from float number `index` on.
  @inline(__always)
  func lanes(at index: Int) -> Lanes {
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index * floatSize, as: Lanes.self)
  }

  @unsafe @inline(__always)
  func lanes(uncheckedAt index: Int) -> Lanes {
    unsafe bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: index &* floatSize, as: Lanes.self)
  }

  @inline(__always)
  func float(at index: Int) -> Float {
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index * floatSize, as: Float.self)
  }

  @unsafe @inline(__always)
  func float(uncheckedAt index: Int) -> Float {
    unsafe bytes.unsafeLoad(fromUncheckedByteOffset: index &* floatSize, as: Float.self)
  }
}

extension MutableSpan<SIMD16<Float>> {
  @inline(__always)
  var floats: Int { count * 16 }

  @inline(__always)
  func lanes(at index: Int) -> Lanes {
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index * floatSize, as: Lanes.self)
  }

  @inline(__always)
  mutating func store(_ lanes: Lanes, at index: Int) {
    var target = unsafe mutableBytes
    target.storeBytes(of: lanes, toByteOffset: index * floatSize, as: Lanes.self)
  }

  @inline(__always)
  mutating func store(_ float: Float, at index: Int) {
    var target = unsafe mutableBytes
    target.storeBytes(of: float, toByteOffset: index * floatSize, as: Float.self)
  }
}

extension SIMD16<Float> {
  /// self + a·b with one rounding, on every machine.
  @inline(__always)
  func plus(_ a: Lanes, times b: Lanes) -> Lanes { addingProduct(a, b) }

  /// self + x·b with one rounding, on every machine.
  @inline(__always)
  func plus(_ x: Float, times b: Lanes) -> Lanes { addingProduct(Lanes(repeating: x), b) }

  /// The sum of the sixteen lanes, always added as the same tree.
  @inline(__always)
  var total: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  /// The bits of every lane.
  @inline(__always)
  var bits: IntegerLanes { unsafe unsafeBitCast(self, to: IntegerLanes.self) }

  @inline(__always)
  init(bits: IntegerLanes) { self = unsafe unsafeBitCast(bits, to: Lanes.self) }

  /// The float of integers below 2²² in size, by way of the low bits of 1.5·2²³.
  @inline(__always)
  init(small integers: IntegerLanes) {
    let rounder: Float = 12_582_912
    self = Lanes(bits: integers &+ Int32(bitPattern: rounder.bitPattern)) - rounder
  }

  /// √, correctly rounded like all the arithmetic.
  @inline(__always)
  var root: Lanes { ccpu_square_root(self) }
}
