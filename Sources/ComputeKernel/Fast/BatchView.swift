/// What a batch pass looks at and never changes, and the calls of the inner loops on it.
struct BatchView {
  let shape: PaddedShape
  let activation: Int
  let images: LabelledImages

  /// A [batch][row] = b1 + Wᵀx, which leaves the groups gathered; with `squared` x² takes the place of x.
  func hiddenSums<Loops: KernelLoops>(
    _: Loops.Type, _ batch: Span<Int32>, _ parameters: borrowing ParameterSet,
    _ groups: inout BatchGroups, _ A: inout FloatStorage, squared: Bool = false
  ) {
    groups.visit(Loops.self, batch) { groups, part in
      var A = A.mutableSpan
      Loops.sparseForward(
        ends: groups.ends.span, images: groups.images.span, x: groups.x.span,
        first: part.lowerBound, count: part.count, W1: parameters.W1.span,
        b1: parameters.b1.span, units: shape.units, row: shape.row, squared: squared, into: &A)
    }
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

  /// The first layer's gradient.
  func firstGradient<Loops: KernelLoops>(
    _: Loops.Type, _ batch: Span<Int32>, _ D: FloatStorage, _ groups: inout BatchGroups,
    _ GW1: inout FloatStorage
  ) {
    groups.visit(Loops.self, batch) { groups, part in
      var GW1 = GW1.mutableSpan
      Loops.sparseOuter(
        ends: groups.ends.span, images: groups.images.span, x: groups.x.span,
        first: part.lowerBound, count: part.count, D: D.span, units: shape.units,
        row: shape.row, adding: part.lowerBound > 0, into: &GW1)
    }
  }
}
