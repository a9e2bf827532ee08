/// Evaluates many weight sets of one shape on one set of images.
package enum Evaluator {
  /// The loss and the accuracy of each weight set.
  ///
  /// The result does not depend on `threads`, on the grouping of weight sets or on the instruction
  /// set. A network that overflows has a non-finite mean loss.
  ///
  /// - Parameters:
  ///   - weightSets: flat parameters (see ``Shape``), one array a network.
  ///   - shape: the size of all of them.
  ///   - activation: of the hidden layer.
  ///   - images: what to evaluate on.
  ///   - threads: how many cores to use.
  ///   - keepLosses: whether to return the loss of every image.
  ///   - kernel: which code computes; a test's business.
  /// - Returns: one evaluation a weight set, in their order.
  package static func evaluate(
    _ weightSets: [[Float]], shape: Shape, activation: Activation, on images: LabelledImages,
    threads: Int = 1, keepLosses: Bool = false,
    kernel: Implementation = .selected
  ) -> [Evaluation] {
    precondition(shape.inputs == images.pixelsPerImage && shape.classes == images.classes)
    precondition(weightSets.allSatisfy { $0.count == shape.parameterCount })
    precondition(images.count > 0, "there is no mean loss of no images")
    switch kernel {
    case .reference:
      return evaluateReference(
        weightSets, shape: shape, activation: activation, on: images, keepLosses: keepLosses)
    case .fast(let variant):
      return variant.evaluate(
        weightSets, shape: shape, activation: activation, on: images, threads: threads,
        keepLosses: keepLosses)
    }
  }
}
