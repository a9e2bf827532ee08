import ReproducibleMath

/// First values of the parameters.
package enum Initialization {
  /// Glorot's uniform law, U(±√(6/(in+out))), with biases 0.
  ///
  /// Value k of the model's sequence belongs to flat parameter k; biases use theirs up.
  ///
  /// - Parameters:
  ///   - shape: of the network.
  ///   - seed: the key of the experiment.
  ///   - model: the counter word of the network.
  /// - Returns: flat parameters.
  package static func glorotUniform(_ shape: Shape, seed: UInt64, model: UInt32) -> [Float] {
    let values = RandomSequence(seed: seed, stream: .initialization, model: model)
      .symmetricUniforms(count: shape.parameterCount)
    var weights = [Float](repeating: 0, count: shape.parameterCount)
    let first = (6 / Double(shape.inputs + shape.hidden)).squareRoot()
    for k in shape.W1 { weights[k] = Float(first * values[k]) }
    let second = (6 / Double(shape.hidden + shape.classes)).squareRoot()
    for k in shape.W2 { weights[k] = Float(second * values[k]) }
    return weights
  }
}
