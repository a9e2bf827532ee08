/// Memory for numbers the inner loops work on: aligned, and a multiple of sixteen.
typealias FloatStorage = [SIMD16<Float>]

extension FloatStorage {
  /// Room for `floats` numbers, all 0.
  init(floats: Int) {
    self.init(repeating: SIMD16(), count: (floats + 15) / 16)
  }

  /// Room for `floats` numbers, whatever they are: memory that is never used is never given.
  init(unwritten floats: Int) {
    unsafe self.init(unsafeUninitializedCapacity: (floats + 15) / 16) { _, count in
      count = (floats + 15) / 16
    }
  }

  init(_ values: some Collection<Float>) {
    self.init(floats: values.count)
    for (k, value) in values.enumerated() { self[float: k] = value }
  }

  subscript(float index: Int) -> Float {
    get {
      unsafe span.bytes.unsafeLoad(
        fromByteOffset: index * MemoryLayout<Float>.size, as: Float.self)
    }
    set {
      var floats = mutableSpan
      floats.store(newValue, at: index)
    }
  }

  /// The first `count` numbers.
  func prefix(floats count: Int) -> [Float] { (0..<count).map { self[float: $0] } }

  /// Σ x² in f64, in the order of the storage.
  var squaredNorm: Double {
    var sums = SIMD16<Double>()
    for lanes in self {
      let wide = SIMD16<Double>(lanes)
      sums += wide * wide
    }
    return (0..<16).reduce(0) { $0 + sums[$1] }
  }
}

extension Floats {
  /// Eight floats from float number `index` on.
  func eight(at index: Int) -> SIMD8<Float> {
    unsafe bytes.unsafeLoadUnaligned(
      fromByteOffset: index * MemoryLayout<Float>.size, as: SIMD8<Float>.self)
  }
}

extension MutableFloats {
  /// Overwrites one number.
  mutating func store(_ value: Float, at index: Int) {
    var bytes = unsafe mutableBytes
    bytes.storeBytes(
      of: value, toByteOffset: index * MemoryLayout<Float>.size, as: Float.self)
  }
}
