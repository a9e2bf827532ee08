/// A few neighbouring hidden units in registers.
///
/// Every unit has a lane of its own and its own chain of fused additions, so the width of a strip
/// never shows in a result. `unchecked` loads and stores trust the caller; only the loops over
/// pixels use them, whose places are valid by construction.
protocol Strip {
  /// Floats in the strip.
  static var width: Int { get }
  init()
  init(_ source: Floats, at index: Int)
  @unsafe init(unchecked source: Floats, at index: Int)
  @unsafe init(unchecked source: borrowing MutableFloats, at index: Int)
  func store(to target: inout MutableFloats, at index: Int)
  @unsafe func store(uncheckedTo target: inout MutableFloats, at index: Int)
  /// self + x·w, rounded once.
  func plus(_ x: Float, times w: Self) -> Self
}

/// 8 units.
struct Strip8: Strip {
  var lanes: SIMD8<Float>

  static var width: Int { 8 }
  @inline(__always) init() { lanes = SIMD8() }
  @inline(__always) init(lanes: SIMD8<Float>) { self.lanes = lanes }
  @inline(__always) init(_ source: Floats, at index: Int) {
    lanes = unsafe source.bytes.unsafeLoadUnaligned(
      fromByteOffset: index * floatSize, as: SIMD8<Float>.self)
  }
  @unsafe @inline(__always) init(unchecked source: Floats, at index: Int) {
    lanes = unsafe source.bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: index &* floatSize, as: SIMD8<Float>.self)
  }
  @unsafe @inline(__always) init(unchecked source: borrowing MutableFloats, at index: Int) {
    lanes = unsafe source.bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: index &* floatSize, as: SIMD8<Float>.self)
  }
  @inline(__always) func store(to target: inout MutableFloats, at index: Int) {
    var bytes = unsafe target.mutableBytes
    bytes.storeBytes(of: lanes, toByteOffset: index * floatSize, as: SIMD8<Float>.self)
  }
  @unsafe @inline(__always)
  func store(uncheckedTo target: inout MutableFloats, at index: Int) {
    var bytes = unsafe target.mutableBytes
    unsafe bytes.storeBytes(
      of: lanes, toUncheckedByteOffset: index &* floatSize, as: SIMD8<Float>.self)
  }
  @inline(__always) func plus(_ x: Float, times w: Strip8) -> Strip8 {
    Strip8(lanes: lanes.addingProduct(SIMD8(repeating: x), w.lanes))
  }
}

/// 16 units.
struct Strip16: Strip {
  var lanes: SIMD16<Float>

  static var width: Int { 16 }
  @inline(__always) init() { lanes = SIMD16() }
  @inline(__always) init(lanes: SIMD16<Float>) { self.lanes = lanes }
  @inline(__always) init(_ source: Floats, at index: Int) {
    lanes = unsafe source.bytes.unsafeLoadUnaligned(
      fromByteOffset: index * floatSize, as: SIMD16<Float>.self)
  }
  @unsafe @inline(__always) init(unchecked source: Floats, at index: Int) {
    lanes = unsafe source.bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: index &* floatSize, as: SIMD16<Float>.self)
  }
  @unsafe @inline(__always) init(unchecked source: borrowing MutableFloats, at index: Int) {
    lanes = unsafe source.bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: index &* floatSize, as: SIMD16<Float>.self)
  }
  @inline(__always) func store(to target: inout MutableFloats, at index: Int) {
    var bytes = unsafe target.mutableBytes
    bytes.storeBytes(of: lanes, toByteOffset: index * floatSize, as: SIMD16<Float>.self)
  }
  @unsafe @inline(__always)
  func store(uncheckedTo target: inout MutableFloats, at index: Int) {
    var bytes = unsafe target.mutableBytes
    unsafe bytes.storeBytes(
      of: lanes, toUncheckedByteOffset: index &* floatSize, as: SIMD16<Float>.self)
  }
  @inline(__always) func plus(_ x: Float, times w: Strip16) -> Strip16 {
    Strip16(lanes: lanes.addingProduct(SIMD16(repeating: x), w.lanes))
  }
}

/// Two strips side by side.
struct Joined<First: Strip, Second: Strip>: Strip {
  var first: First
  var second: Second

  static var width: Int { First.width + Second.width }
  @inline(__always) init() {
    first = First()
    second = Second()
  }
  @inline(__always) init(first: First, second: Second) {
    self.first = first
    self.second = second
  }
  @inline(__always) init(_ source: Floats, at index: Int) {
    first = First(source, at: index)
    second = Second(source, at: index + First.width)
  }
  @unsafe @inline(__always) init(unchecked source: Floats, at index: Int) {
    unsafe first = First(unchecked: source, at: index)
    unsafe second = Second(unchecked: source, at: index &+ First.width)
  }
  @unsafe @inline(__always) init(unchecked source: borrowing MutableFloats, at index: Int) {
    unsafe first = First(unchecked: source, at: index)
    unsafe second = Second(unchecked: source, at: index &+ First.width)
  }
  @inline(__always) func store(to target: inout MutableFloats, at index: Int) {
    first.store(to: &target, at: index)
    second.store(to: &target, at: index + First.width)
  }
  @unsafe @inline(__always)
  func store(uncheckedTo target: inout MutableFloats, at index: Int) {
    unsafe first.store(uncheckedTo: &target, at: index)
    unsafe second.store(uncheckedTo: &target, at: index &+ First.width)
  }
  @inline(__always) func plus(_ x: Float, times w: Joined) -> Joined {
    Joined(first: first.plus(x, times: w.first), second: second.plus(x, times: w.second))
  }
}

typealias Strip24 = Joined<Strip16, Strip8>
typealias Strip32 = Joined<Strip16, Strip16>
typealias Strip48 = Joined<Strip32, Strip16>
typealias Strip64 = Joined<Strip32, Strip32>
typealias Strip80 = Joined<Strip64, Strip16>
