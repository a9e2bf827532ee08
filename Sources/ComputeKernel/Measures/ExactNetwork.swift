/// A network's parameters, or a direction in their space, in f64.
struct ExactNetwork: Sendable {
  let shape: Shape
  let activation: Activation
  /// W1, b1, W2, b2, flat and row-major.
  var values: [Double]

  init(_ shape: Shape, _ activation: Activation, _ values: [Double]) {
    precondition(values.count == shape.parameterCount, "values do not fit the shape")
    self.shape = shape
    self.activation = activation
    self.values = values
  }

  /// A network as it is evaluated: batch normalisation folded in.
  init(_ network: Network) {
    let folded = network.folded()
    self.init(folded.shape, folded.activation, folded.weights.map { Double($0) })
  }

  /// The network at w + scale·direction.
  func moved(_ scale: Double, along direction: [Double]) -> ExactNetwork {
    ExactNetwork(shape, activation, zip(values, direction).map { $0 + scale * $1 })
  }
}
