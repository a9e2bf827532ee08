/// Memory and procedures of one look at a batch of images for the measures.
///
/// ``forward(_:at:)`` comes first; the others take what it left.
struct SurfaceBatch<Loops: KernelLoops> {
  /// Images in a batch: sums over them are f32, their totals f64.
  static var size: Int { 128 }

  private let view: BatchView
  private var groups: BatchGroups
  /// Hidden sums, then activations, [images][row].
  private var H: FloatStorage
  /// Their derivatives along a direction, or sums of squares, [images][row].
  private var R: FloatStorage
  /// Hidden deltas, [images][row].
  private var D: FloatStorage
  /// Output errors and their derivatives, [groups of 16 images][classes][16].
  private var E: FloatStorage
  private var RE: FloatStorage
  /// Losses, [images], and squared norms of the images or margins.
  private var L: FloatStorage
  private var X: FloatStorage
  /// Two times sixteen images' hidden units turned, [2·row][16].
  private var T: FloatStorage
  /// [2·classes][16].
  private var z: FloatStorage
  /// What a batch gives for the parameters.
  private var part: ParameterSet

  init(_ shape: PaddedShape, _ activation: Activation, _ images: LabelledImages) {
    view = BatchView(shape: shape, activation: activation.code, images: images)
    groups = BatchGroups(images.groups, batch: Self.size)
    H = FloatStorage(floats: Self.size * shape.row)
    R = H
    D = H
    E = FloatStorage(floats: Self.size * shape.classes)
    RE = E
    L = FloatStorage(floats: Self.size)
    X = L
    T = FloatStorage(floats: 2 * shape.row * 16)
    z = FloatStorage(floats: 2 * shape.classes * 16)
    part = ParameterSet(shape, batchNorm: false)
  }

  /// Activations, errors and losses of a batch.
  ///
  /// - Parameters:
  ///   - batch: image numbers, at most ``size``.
  ///   - parameters: of the network.
  /// - Returns: the sum of the losses, in f64 in the order of the batch.
  mutating func forward(_ batch: Span<Int32>, at parameters: borrowing ParameterSet) -> Double {
    view.hiddenSums(Loops.self, batch, parameters, &groups, &H)
    view.output(Loops.self, batch, parameters, &H, &E, &L, &T)
    view.settleErrors(Loops.self, batch, &E)
    var sum = 0.0
    for n in 0..<batch.count { sum += Double(L[float: n]) }
    return sum
  }

  /// Adds the batch's gradient, summed over its images.
  mutating func addGradient(
    _ batch: Span<Int32>, at parameters: borrowing ParameterSet, to sums: inout ParameterSums
  ) {
    view.backward(Loops.self, batch.count, parameters, E, H, &part.W2, &part.b2, &D)
    finish(batch, &sums)
  }

  /// Adds the batch's Hessian times the direction, summed over its images.
  mutating func addCurvature(
    _ batch: Span<Int32>, at parameters: borrowing ParameterSet,
    along direction: borrowing ParameterSet, to sums: inout ParameterSums
  ) {
    view.hiddenSums(Loops.self, batch, direction, &groups, &R)
    view.curvatureOutput(Loops.self, batch, parameters, direction, H, E, &R, &RE, &T, &z)
    view.curvatureBackward(
      Loops.self, batch.count, parameters, direction, H, E, R, RE, &part.W2, &part.b2, &D)
    finish(batch, &sums)
  }

  /// The first layer's part from the deltas, and all of it to the sums.
  private mutating func finish(_ batch: Span<Int32>, _ sums: inout ParameterSums) {
    view.finishDeltas(Loops.self, batch.count, &D, &part.b1)
    view.firstGradient(Loops.self, batch, D, &groups, &part.W1)
    sums.take(Loops.self, part, weight: Double(batch.count))
  }

  /// Adds the batch's part of the six sums of ``ClosedForms``, [6][16].
  mutating func addClosedForms(
    _ batch: Span<Int32>, at parameters: borrowing ParameterSet,
    squares: borrowing ParameterSet, to sums: inout [SIMD16<Double>]
  ) {
    view.hiddenSums(
      Loops.self, batch, squares, &groups, &R, squared: true)
    view.squaredNorms(batch, &X)
    view.addClosedForms(Loops.self, batch, parameters, H, E, L, R, X, &T, &z, &sums)
  }

  /// The margins of the batch.
  mutating func margins(_ batch: Span<Int32>, at parameters: borrowing ParameterSet) -> [Double] {
    view.margins(Loops.self, batch, parameters, H, &T, &z, &X)
    return (0..<batch.count).map { Double(X[float: $0]) }
  }
}
