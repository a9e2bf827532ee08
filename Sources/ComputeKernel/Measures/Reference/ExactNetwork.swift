/// A network's parameters, or a direction in their space, in f64.
struct ExactNetwork: Sendable {
  let shape: Shape
  let activation: Activation
  /// W1, b1, W2, b2, flat and row-major.
  let values: [Double]

  init(_ shape: Shape, _ activation: Activation, _ values: [Double]) {
    precondition(values.count == shape.parameterCount, "values do not fit the shape")
    self.shape = shape
    self.activation = activation
    self.values = values
  }
}
