/// One look at a batch: forward, loss, and the gradient of the mean loss.
package struct ReferencePass {
  package private(set) var lossSum = 0.0
  /// As the parameters: W1, b1, W2, b2 and, with batch normalisation, γ and β.
  package private(set) var gradient: [Float] = []
  /// Of the hidden sums; empty without batch normalisation.
  private(set) var batchMean: [Float] = []
  private(set) var batchVariance: [Float] = []

  private let shape: Shape
  private let network: ReferenceForward

  init(
    _ shape: Shape, _ activation: Activation, _ parameters: [Float], batchNorm: Bool,
    _ images: LabelledImages, _ batch: ArraySlice<Int32>
  ) {
    self.shape = shape
    network = ReferenceForward(shape: shape, activation: activation, weights: parameters)
    let rows = batch.map { n in
      images.pixels[Int(n) * shape.inputs..<(Int(n) + 1) * shape.inputs]
    }
    let labels = batch.map { Int(images.labels[Int($0)]) }
    let sums = rows.map { network.hiddenSums($0) }
    var total = [Double](repeating: 0, count: parameters.count)

    let norm =
      batchNorm
      ? ReferenceBatchNorm(sums, parameters: parameters[shape.parameterCount...]) : nil
    let inputs = norm?.outputs ?? sums
    let hidden = inputs.map { $0.map { network.activate($0) } }
    var deltas = zip(hidden.indices, labels).map { n, label in
      backwardThroughOutputs(hidden[n], inputs[n], label: label, into: &total)
    }
    if let norm {
      batchMean = norm.mean
      batchVariance = norm.variance
      deltas = norm.backward(deltas, into: &total, at: shape.parameterCount)
    }
    for (row, delta) in zip(rows, deltas) { addFirstLayer(row, delta, into: &total) }
    // Batch normalisation takes b1 away again, so its gradient is 0, not a rounding error.
    if batchNorm { for k in shape.b1 { total[k] = 0 } }
    gradient = total.map { Float($0 / Double(batch.count)) }
  }

  /// Adds ∂ℓ/∂W2 and ∂ℓ/∂b2 of one image and returns ∂ℓ/∂a, or ∂ℓ/∂y under batch norm.
  private mutating func backwardThroughOutputs(
    _ hidden: [Float], _ sums: [Float], label: Int, into total: inout [Double]
  ) -> [Float] {
    let softmax = ReferenceSoftmax(network.outputs(hidden), label: label)
    lossSum += Double(softmax.loss)
    var error = softmax.probabilities
    error[label] -= 1
    for c in error.indices { total[shape.b2.lowerBound + c] += Double(error[c]) }
    return hidden.indices.map { j in
      var back = 0.0
      for c in error.indices {
        let k = shape.W2.lowerBound + j * shape.classes + c
        total[k] += Double(hidden[j]) * Double(error[c])
        back += Double(network.weights[k]) * Double(error[c])
      }
      return Float(back) * network.slope(sums[j], hidden[j])
    }
  }

  private func addFirstLayer(
    _ row: ArraySlice<UInt8>, _ delta: [Float], into total: inout [Double]
  ) {
    for (i, pixel) in row.enumerated() where pixel != 0 {
      let x = Double(pixel) / 255
      for j in delta.indices { total[i * shape.hidden + j] += x * Double(delta[j]) }
    }
    for j in delta.indices { total[shape.b1.lowerBound + j] += Double(delta[j]) }
  }
}
