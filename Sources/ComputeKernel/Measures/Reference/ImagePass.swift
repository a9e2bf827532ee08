import ReproducibleMath

/// What a network computes for one image, in f64: forward and back to the hidden sums.
struct ImagePass {
  /// Hidden sums, activations and first derivatives, [hidden].
  private(set) var a: [Double]
  private(set) var h: [Double]
  private(set) var slope: [Double]
  /// Probabilities, and errors p − onehot, [classes].
  private(set) var p: [Double]
  private(set) var e: [Double]
  private(set) var loss = 0.0
  /// Σ x², without the constant 1 of the bias.
  private(set) var squaredInput = 0.0
  /// z_y minus the largest other output.
  private(set) var margin = 0.0

  init(_ shape: Shape) {
    a = Array(repeating: 0, count: shape.hidden)
    h = a
    slope = a
    p = Array(repeating: 0, count: shape.classes)
    e = p
  }

  mutating func run(_ network: ExactNetwork, _ image: SparseImage) {
    let shape = network.shape
    a = image.product(network.values.span, width: shape.hidden)
    for j in a.indices { a[j] += network.values[shape.b1.lowerBound + j] }
    squaredInput = image.squaredNorm
    activate(network.activation)
    output(network, label: image.label)
  }

  private mutating func activate(_ activation: Activation) {
    for j in a.indices {
      switch activation {
      case .relu:
        h[j] = a[j] <= 0 ? 0 : a[j]
        slope[j] = a[j] > 0 ? 1 : 0
      case .tanh:
        h[j] = Elementary.tanh(a[j])
        slope[j] = 1 - h[j] * h[j]
      case .sigmoid:
        h[j] = 1 / (1 + Elementary.exp(-a[j]))
        slope[j] = h[j] * (1 - h[j])
      }
    }
  }

  private mutating func output(_ network: ExactNetwork, label: Int) {
    let shape = network.shape
    let values = network.values.span
    for c in p.indices { p[c] = values[shape.b2.lowerBound + c] }
    for j in h.indices where h[j] != 0 {
      let row = shape.W2.lowerBound + j * shape.classes
      for c in p.indices { p[c] += h[j] * values[row + c] }
    }
    let own = p[label]
    let top = p.max() ?? 0
    margin = own - (p.indices.filter { $0 != label }.map { p[$0] }.max() ?? -.infinity)
    var sum = 0.0
    for c in p.indices {
      p[c] = Elementary.exp(p[c] - top)
      sum += p[c]
    }
    for c in p.indices {
      p[c] /= sum
      e[c] = p[c]
    }
    e[label] -= 1
    loss = Elementary.log(sum) + top - own
  }

  /// φ″ at unit j.
  func bend(_ j: Int, _ activation: Activation) -> Double {
    switch activation {
    case .relu: 0
    case .tanh: -2 * h[j] * slope[j]
    case .sigmoid: slope[j] * (1 - 2 * h[j])
    }
  }
}
