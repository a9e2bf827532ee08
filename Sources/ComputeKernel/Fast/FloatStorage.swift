/// Memory for numbers the inner loops work on: aligned, and a multiple of sixteen.
typealias FloatStorage = [SIMD16<Float>]

extension FloatStorage {
  /// Room for `floats` numbers, all 0.
  init(floats: Int) {
    self.init(repeating: SIMD16(), count: (floats + 15) / 16)
  }

  init(_ values: some Collection<Float>) {
    self.init(floats: values.count)
    for (k, value) in values.enumerated() { self[float: k] = value }
  }

  subscript(float index: Int) -> Float {
    get { self[index / 16][index % 16] }
    set { self[index / 16][index % 16] = newValue }
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
