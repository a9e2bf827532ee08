extension Evaluator {
  /// The plain evaluation: the oracle of the fast one.
  ///
  /// - Parameters:
  ///   - weightSets: flat parameters, one array a network.
  ///   - shape: the size of all of them.
  ///   - activation: of the hidden layer.
  ///   - images: what to evaluate on.
  ///   - keepLosses: whether to return the loss of every image.
  /// - Returns: one evaluation a weight set, in their order.
  package static func evaluateReference(
    _ weightSets: [[Float]], shape: Shape, activation: Activation, on images: LabelledImages,
    keepLosses: Bool = false
  ) -> [Evaluation] {
    precondition(shape.inputs == images.pixelsPerImage && shape.classes == images.classes)
    return weightSets.map { weights in
      precondition(weights.count == shape.parameterCount, "weights do not fit the shape")
      let network = ReferenceForward(shape: shape, activation: activation, weights: weights)
      var losses: [Float] = []
      losses.reserveCapacity(images.count)
      var correct = 0
      for n in 0..<images.count {
        let image = images.pixels[n * shape.inputs..<(n + 1) * shape.inputs]
        let hidden = network.hiddenSums(image).map { network.activate($0) }
        let label = Int(images.labels[n])
        let softmax = ReferenceSoftmax(network.outputs(hidden), label: label)
        losses.append(softmax.loss)
        if softmax.prediction == label { correct += 1 }
      }
      let finite = weights.allSatisfy { $0.isFinite }
      return Evaluation(
        meanLoss: finite ? meanOfLosses(losses) : .nan,
        accuracy: Double(correct) / Double(images.count), losses: keepLosses ? losses : nil)
    }
  }
}
