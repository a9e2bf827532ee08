/// A network with one hidden layer: what training makes and evaluation reads.
package struct Network: Sendable {
  package var shape: Shape
  package var activation: Activation
  /// W1, b1, W2, b2, flat and row-major (see ``Shape``).
  package var weights: [Float]
  /// Present as long as batch normalisation is a layer of its own.
  package var batchNorm: BatchNormState?

  package init(
    shape: Shape, activation: Activation, weights: [Float], batchNorm: BatchNormState? = nil
  ) {
    precondition(weights.count == shape.parameterCount, "weights do not fit the shape")
    self.shape = shape
    self.activation = activation
    self.weights = weights
    self.batchNorm = batchNorm
  }

  /// Whether every number in it is one.
  var isFinite: Bool {
    weights.allSatisfy(\.isFinite)
      && (batchNorm.map { $0.isFinite } ?? true)
  }

  /// The same function without a batch-norm layer: its running statistics become part of W1 and b1.
  ///
  /// With s = γ/√(v+ε): W1·s and (b1−μ)·s + β, computed in f64 and rounded once.
  package func folded() -> Network {
    guard let norm = batchNorm else { return self }
    var folded = weights
    for j in 0..<shape.hidden {
      let scale =
        Double(norm.gamma[j])
        / (Double(norm.variance[j]) + BatchNormState.epsilon).squareRoot()
      for i in 0..<shape.inputs {
        let k = i * shape.hidden + j
        folded[k] = Float(Double(weights[k]) * scale)
      }
      let k = shape.b1.lowerBound + j
      folded[k] = Float(
        (Double(weights[k]) - Double(norm.mean[j])) * scale + Double(norm.beta[j]))
    }
    return Network(shape: shape, activation: activation, weights: folded)
  }
}
