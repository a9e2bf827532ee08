/// Sums over images of something shaped like the parameters, in f64, laid out as ``ParameterSet``.
struct ParameterSums: Sendable {
  private(set) var W1: [SIMD16<Double>]
  private(set) var b1: [SIMD16<Double>]
  private(set) var W2: [SIMD16<Double>]
  private(set) var b2: [SIMD16<Double>]

  /// All zeros.
  init(_ shape: PaddedShape) {
    W1 = Self.zeros(shape.inputs * shape.units)
    b1 = Self.zeros(shape.row)
    W2 = Self.zeros(shape.classes * shape.row)
    b2 = Self.zeros(16)
  }

  private static func zeros(_ count: Int) -> [SIMD16<Double>] {
    Array(repeating: SIMD16(), count: (count + 15) / 16)
  }

  /// Adds weight·`part`.
  mutating func take<Loops: KernelLoops>(
    _: Loops.Type, _ part: borrowing ParameterSet, weight: Double
  ) {
    Self.take(Loops.self, part.W1, weight, &W1)
    Self.take(Loops.self, part.b1, weight, &b1)
    Self.take(Loops.self, part.W2, weight, &W2)
    Self.take(Loops.self, part.b2, weight, &b2)
  }

  private static func take<Loops: KernelLoops>(
    _: Loops.Type, _ part: FloatStorage, _ weight: Double, _ sums: inout [SIMD16<Double>]
  ) {
    var sums = sums.mutableSpan
    Loops.accumulate(part.span, weight: weight, into: &sums)
  }

  mutating func add(_ other: ParameterSums) {
    Self.add(other.W1, to: &W1)
    Self.add(other.b1, to: &b1)
    Self.add(other.W2, to: &W2)
    Self.add(other.b2, to: &b2)
  }

  private static func add(_ part: [SIMD16<Double>], to sums: inout [SIMD16<Double>]) {
    for k in sums.indices { sums[k] += part[k] }
  }

  /// The sums divided by `count`, as W1, b1, W2, b2, flat and row-major.
  func means(_ count: Int, _ flat: Shape, _ shape: PaddedShape) -> [Double] {
    var means = [Double](repeating: 0, count: flat.parameterCount)
    for run in shape.runs {
      for k in 0..<run.count {
        let place = run.padded + k
        means[run.flat + k] = W1[place / 16][place % 16]
      }
    }
    for j in 0..<flat.hidden {
      means[flat.b1.lowerBound + j] = b1[j / 16][j % 16]
      for c in 0..<flat.classes {
        let k = c * shape.row + j
        means[flat.W2.lowerBound + j * flat.classes + c] = W2[k / 16][k % 16]
      }
    }
    for c in 0..<flat.classes { means[flat.b2.lowerBound + c] = b2[0][c] }
    return means.map { $0 / Double(count) }
  }
}
