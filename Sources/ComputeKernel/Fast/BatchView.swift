/// What a batch pass looks at and never changes, and the calls of the inner loops on it.
struct BatchView {
  let shape: PaddedShape
  let activation: Int
  let images: LabelledImages
  let lists: PixelLists

  init(shape: PaddedShape, activation: Int, images: LabelledImages) {
    self.shape = shape
    self.activation = activation
    self.images = images
    lists = images.lists
  }

  /// A [batch][row] = b1 + Wᵀx.
  func hiddenSums<Loops: KernelLoops>(
    _: Loops.Type, _ batch: Span<Int32>, _ next: Span<Int32>,
    _ parameters: borrowing ParameterSet, _ A: inout FloatStorage
  ) {
    var A = A.mutableSpan
    Loops.sparseForward(
      starts: lists.starts.span, words: lists.words.span, batch: batch, next: next,
      W1: parameters.W1.span, b1: parameters.b1.span, units: shape.units, row: shape.row,
      squared: false, into: &A)
  }

  /// A becomes φ(A); errors E and losses L follow from it.
  func output<Loops: KernelLoops>(
    _: Loops.Type, _ batch: Span<Int32>, _ parameters: borrowing ParameterSet,
    _ A: inout FloatStorage, _ E: inout FloatStorage, _ L: inout FloatStorage,
    _ turned: inout FloatStorage
  ) {
    var A = A.mutableSpan
    var E = E.mutableSpan
    var L = L.mutableSpan
    var turned = turned.mutableSpan
    Loops.batchOutput(
      labels: images.labels.span, batch: batch, W2: parameters.W2.span, b2: parameters.b2.span,
      hidden: shape.hidden, row: shape.row, classes: shape.classes, activation: activation,
      A: &A, E: &E, L: &L, scratch: &turned)
  }

  /// The second layer's gradient and the deltas D of the hidden sums.
  func backward<Loops: KernelLoops>(
    _: Loops.Type, _ count: Int, _ parameters: borrowing ParameterSet, _ E: FloatStorage,
    _ H: FloatStorage, _ GW2: inout FloatStorage, _ Gb2: inout FloatStorage,
    _ D: inout FloatStorage
  ) {
    var GW2 = GW2.mutableSpan
    var Gb2 = Gb2.mutableSpan
    var D = D.mutableSpan
    Loops.backward(
      count: count, E: E.span, H: H.span, W2: parameters.W2.span, row: shape.row,
      classes: shape.classes, activation: activation, GW2: &GW2, Gb2: &Gb2, D: &D)
  }

  /// The gradient of b1, and D ready for the first layer.
  func finishDeltas<Loops: KernelLoops>(
    _: Loops.Type, _ count: Int, _ D: inout FloatStorage, _ Gb1: inout FloatStorage
  ) {
    var D = D.mutableSpan
    var Gb1 = Gb1.mutableSpan
    Loops.finishDeltas(count: count, row: shape.row, D: &D, Gb1: &Gb1)
  }

  /// Adds the first layer's gradient to GW1.
  func firstGradient<Loops: KernelLoops>(
    _: Loops.Type, _ batch: Span<Int32>, _ next: Span<Int32>, _ D: FloatStorage,
    _ GW1: inout FloatStorage
  ) {
    var GW1 = GW1.mutableSpan
    Loops.sparseOuter(
      starts: lists.starts.span, words: lists.words.span, batch: batch, next: next, D: D.span,
      units: shape.units, row: shape.row, into: &GW1)
  }
}
