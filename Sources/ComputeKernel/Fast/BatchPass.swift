/// Memory and procedure of one look at a batch: forward, loss, gradient of the mean loss.
///
/// Each part names the arrays it writes as parameters: Swift lends two of them at a time only when
/// they are named one by one.
struct BatchPass<Loops: KernelLoops> {
  private let view: BatchView
  private var groups: BatchGroups
  /// Hidden sums, then activations, [images][row].
  private var A: FloatStorage
  /// Output errors, [groups of 16 images][classes][16].
  private var E: FloatStorage
  /// Losses, [images].
  private var L: FloatStorage
  /// Hidden deltas, [images][row].
  private var D: FloatStorage
  /// Sixteen images' activations turned, [row][16].
  private var turned: FloatStorage
  private(set) var norm: BatchNormWork?

  var source: PixelGroups { groups.source }

  init(
    _ shape: PaddedShape, _ activation: Activation, batch: Int, batchNorm: Bool,
    _ images: LabelledImages
  ) {
    view = BatchView(shape: shape, activation: activation.code, images: images)
    groups = BatchGroups(images.groups, batch: batch)
    let padded = (batch + 15) / 16 * 16
    A = FloatStorage(floats: padded * shape.row)
    D = A
    E = FloatStorage(floats: padded * shape.classes)
    L = FloatStorage(floats: padded)
    turned = FloatStorage(floats: shape.row * 16)
    norm = batchNorm ? BatchNormWork(shape, images: padded) : nil
  }

  /// ∇(mean loss) takes the place of `gradient`.
  ///
  /// - Parameters:
  ///   - batch: image numbers; at most as many as the pass was made for.
  ///   - parameters: where the gradient is taken.
  ///   - gradient: the result.
  /// - Returns: the sum of the losses, in f64 in the order of the batch.
  mutating func run(
    _ batch: Span<Int32>, at parameters: borrowing ParameterSet,
    into gradient: inout ParameterSet
  ) -> Double {
    view.hiddenSums(Loops.self, batch, parameters, &groups, &A)
    norm?.forward(Loops.self, batch.count, parameters, &A)
    view.output(Loops.self, batch, parameters, &A, &E, &L, &turned)
    view.backward(
      Loops.self, batch.count, parameters, E, A, &gradient.W2, &gradient.b2, &D)
    norm?.backward(Loops.self, batch.count, parameters, &D, &gradient.gamma, &gradient.beta)
    view.finishDeltas(Loops.self, batch.count, &D, &gradient.b1)
    // Batch normalisation takes b1 away again, so its gradient is 0, not a rounding error.
    if norm != nil { gradient.b1 = FloatStorage(floats: view.shape.row) }
    view.firstGradient(Loops.self, batch, D, &groups, &gradient.W1)
    return sumOfLosses(batch.count)
  }

  private func sumOfLosses(_ count: Int) -> Double {
    var sum = 0.0
    for first in stride(from: 0, to: count, by: 16) {
      let lanes = L[first / 16]
      for lane in 0..<min(16, count - first) { sum += Double(lanes[lane]) }
    }
    return sum
  }
}
