extension Evaluator {
  /// The loss and the accuracy of one network moved by several lengths along several directions.
  ///
  /// The first layer is linear, so one product with the images serves all lengths of a direction:
  /// X(W1 + σD) is taken as XW1 + σ·XD, in f32, where ``evaluate(_:shape:activation:on:threads:keepLosses:kernel:)``
  /// of w + σδ would round W1 + σD first. Losses of both differ by rounding, some 1e-7 of themselves;
  /// at σ = 0 they are the same bits. The other tensors are moved in f64 and rounded once in both.
  ///
  /// The result does not depend on `threads`, on which directions and lengths are asked for
  /// together, or on the instruction set. Weights that overflow give a mean loss that is not a
  /// number.
  ///
  /// - Parameters:
  ///   - network: w, without a batch-norm layer.
  ///   - directions: the δ, flat as the parameters.
  ///   - lengths: the σ.
  ///   - images: what to evaluate on.
  ///   - threads: how many cores to use.
  ///   - kernel: which code computes; the reference forms w + σδ.
  /// - Returns: [directions][lengths] evaluations, without the losses of single images.
  package static func sweep(
    _ network: Network, along directions: [[Double]], by lengths: [Double],
    on images: LabelledImages, threads: Int = 1, kernel: Implementation = .selected
  ) -> [[Evaluation]] {
    precondition(network.batchNorm == nil, "a batch-norm layer is folded before a sweep")
    precondition(
      network.shape.inputs == images.pixelsPerImage && network.shape.classes == images.classes)
    precondition(directions.allSatisfy { $0.count == network.shape.parameterCount })
    precondition(images.count > 0, "there is no mean loss of no images")
    switch kernel {
    case .reference:
      return directions.map { direction in
        let sets = lengths.map { length in
          zip(network.weights, direction).map { Float(Double($0) + length * $1) }
        }
        return evaluateReference(
          sets, shape: network.shape, activation: network.activation, on: images)
      }
    case .fast(let variant):
      return variant.sweep(network, directions, lengths, on: images, threads: threads)
    }
  }
}
