package import ComputeKernel
import ReproducibleMath

/// A random direction in the space of weights, along which a network is moved.
///
/// The random numbers depend on seed, model and draw alone, so that every kind, scope and length of
/// one draw belongs to the same numbers. All arithmetic is f64 in a fixed order.
package struct Direction: Sendable {
  package enum Kind: String, Sendable, Decodable, CaseIterable {
    /// Standard normal numbers z.
    case gaussian
    /// Uniform numbers on (−1, 1).
    case uniform
    /// \|w\|∘z.
    case relative
    /// z rescaled for each unit (column of W1, of W2) to the norm of its weights; 0 for biases.
    case filter
    /// z/‖z‖ over the scope.
    case sphere
  }

  package enum Scope: String, Sendable, Decodable, CaseIterable {
    case all
    /// W1 and b1.
    case W1
    /// W2 and b2.
    case W2
  }

  /// One number a parameter, flat as the weights; 0 outside the scope.
  package let values: [Double]

  /// The direction of `kind` for one draw of one model.
  ///
  /// - Parameters:
  ///   - kind: How random numbers become a direction.
  ///   - scope: Which layers it moves.
  ///   - network: The network to be moved, without a batch-norm layer.
  ///   - seed: The key of the experiment.
  ///   - model: The model's number.
  ///   - draw: The draw's number.
  package init(
    _ kind: Kind, scope: Scope, of network: Network, seed: UInt64, model: UInt32, draw: UInt32
  ) {
    let shape = network.shape
    let sequence = RandomSequence(seed: seed, stream: .perturbation, model: model, draw: draw)
    var values =
      kind == .uniform
      ? sequence.symmetricUniforms(count: shape.parameterCount)
      : sequence.normals(count: shape.parameterCount)
    switch kind {
    case .gaussian, .uniform, .sphere: break
    case .relative:
      for k in values.indices { values[k] *= abs(Double(network.weights[k])) }
    case .filter:
      Self.rescaleColumns(&values, to: network.weights, in: shape.W1, width: shape.hidden)
      Self.rescaleColumns(&values, to: network.weights, in: shape.W2, width: shape.classes)
      for k in shape.b1 { values[k] = 0 }
      for k in shape.b2 { values[k] = 0 }
    }
    switch scope {
    case .all: break
    case .W1: for k in shape.W2.lowerBound..<shape.b2.upperBound { values[k] = 0 }
    case .W2: for k in shape.W1.lowerBound..<shape.b1.upperBound { values[k] = 0 }
    }
    if kind == .sphere { Self.normalise(&values) }
    self.values = values
  }

  /// The weights moved by `length` along the direction: formed in f64, rounded once.
  package func moving(_ weights: [Float], by length: Double) -> [Float] {
    precondition(weights.count == values.count, "the direction belongs to another network")
    return weights.indices.map { Float(Double(weights[$0]) + length * values[$0]) }
  }

  /// Gives each column of the matrix in `range` the norm that it has in `weights`.
  private static func rescaleColumns(
    _ values: inout [Double], to weights: [Float], in range: Range<Int>, width: Int
  ) {
    for column in 0..<width {
      var squares = (weights: 0.0, values: 0.0)
      for k in stride(from: range.lowerBound + column, to: range.upperBound, by: width) {
        squares.weights += Double(weights[k]) * Double(weights[k])
        squares.values += values[k] * values[k]
      }
      let scale = squares.values > 0 ? (squares.weights / squares.values).squareRoot() : 0
      for k in stride(from: range.lowerBound + column, to: range.upperBound, by: width) {
        values[k] *= scale
      }
    }
  }

  private static func normalise(_ values: inout [Double]) {
    let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for k in values.indices { values[k] /= norm }
  }
}
