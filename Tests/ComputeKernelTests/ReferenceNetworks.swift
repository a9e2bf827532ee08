import ComputeKernel
import ReproducibleMath

extension Network {
  /// O1, the network of the paper's test vectors: W1 = .1·sin k, b1 = .01j, W2 = .5·cos k, b2 = −.02c.
  static let o1: Network = {
    let shape = Shape(hidden: 20)
    var weights = [Float](repeating: 0, count: shape.parameterCount)
    for k in shape.W1 { weights[k] = Float(0.1 * Elementary.sin(Double(k))) }
    for j in 0..<shape.hidden { weights[shape.b1.lowerBound + j] = Float(0.01 * Double(j)) }
    for k in shape.W2 { weights[k] = Float(0.5 * Elementary.cos(Double(k - shape.W2.lowerBound))) }
    for c in 0..<shape.classes { weights[shape.b2.lowerBound + c] = Float(-0.02 * Double(c)) }
    return Network(shape: shape, activation: .relu, weights: weights)
  }()
}
