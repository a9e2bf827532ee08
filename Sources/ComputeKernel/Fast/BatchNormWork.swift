/// Batch normalisation inside a batch pass: what the forward way leaves for the way back.
struct BatchNormWork {
  private let row: Int
  /// Normalised hidden sums, [images][row].
  private var normalized: FloatStorage
  /// 1/√(v+ε), [row].
  private var inverse: FloatStorage
  /// Of the last batch, [row].
  private(set) var mean: FloatStorage
  private(set) var variance: FloatStorage

  init(_ shape: PaddedShape, images: Int) {
    row = shape.row
    normalized = FloatStorage(floats: images * shape.row)
    inverse = FloatStorage(floats: shape.row)
    mean = inverse
    variance = inverse
  }

  /// Turns the hidden sums of a batch into normalised, scaled and shifted ones.
  mutating func forward<Loops: KernelLoops>(
    _: Loops.Type, _ count: Int, _ parameters: borrowing ParameterSet, _ A: inout FloatStorage
  ) {
    Self.forward(
      Loops.self, count, row, parameters, &A, &normalized, &mean, &variance, &inverse)
  }

  /// Turns deltas of what `forward` gave into deltas of what it took.
  func backward<Loops: KernelLoops>(
    _: Loops.Type, _ count: Int, _ parameters: borrowing ParameterSet, _ D: inout FloatStorage,
    _ gamma: inout FloatStorage, _ beta: inout FloatStorage
  ) {
    var D = D.mutableSpan
    var gamma = gamma.mutableSpan
    var beta = beta.mutableSpan
    Loops.normalizeBackward(
      count: count, row: row, gamma: parameters.gamma.span, inverse: inverse.span,
      N: normalized.span, D: &D, Ggamma: &gamma, Gbeta: &beta)
  }

  private static func forward<Loops: KernelLoops>(
    _: Loops.Type, _ count: Int, _ row: Int, _ parameters: borrowing ParameterSet,
    _ A: inout FloatStorage, _ normalized: inout FloatStorage, _ mean: inout FloatStorage,
    _ variance: inout FloatStorage, _ inverse: inout FloatStorage
  ) {
    var A = A.mutableSpan
    var normalized = normalized.mutableSpan
    var mean = mean.mutableSpan
    var variance = variance.mutableSpan
    var inverse = inverse.mutableSpan
    Loops.normalize(
      count: count, row: row, gamma: parameters.gamma.span, beta: parameters.beta.span,
      epsilon: Float(BatchNormState.epsilon), A: &A, N: &normalized, mean: &mean,
      variance: &variance, inverse: &inverse)
  }
}
