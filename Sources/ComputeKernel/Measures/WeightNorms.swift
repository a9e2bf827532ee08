/// Norms of a network's weights.
package struct WeightNorms: Sendable, Hashable {
  /// ‖w‖ over all parameters, and Frobenius norms of the two matrices.
  package var all: Double
  package var W1: Double
  package var W2: Double
  package var spectralW1: Double
  package var spectralW2: Double
  /// √(Σ_j(Σ_i W1_ij² + b1_j²)·Σ_c W2_jc² + ‖b2‖²).
  package var path: Double

  package init(_ network: Network) {
    let network = network.folded()
    let shape = network.shape
    let exact = ExactNetwork(shape, network.activation, network.weights.map { Double($0) })
    let first = Array(exact.values[shape.W1])
    let second = Array(exact.values[shape.W2])
    all = norm(exact.values)
    W1 = norm(first)
    W2 = norm(second)
    spectralW1 = Self.spectral(first, columns: shape.hidden)
    spectralW2 = Self.spectral(second, columns: shape.classes)
    path = Self.path(exact)
  }

  private static func path(_ network: ExactNetwork) -> Double {
    let shape = network.shape
    let w = network.values
    var sum = shape.b2.reduce(0) { $0 + w[$1] * w[$1] }
    for j in 0..<shape.hidden {
      let bias = w[shape.b1.lowerBound + j]
      let into = (0..<shape.inputs).reduce(bias * bias) {
        $0 + w[$1 * shape.hidden + j] * w[$1 * shape.hidden + j]
      }
      let row = shape.W2.lowerBound + j * shape.classes
      let out = (row..<row + shape.classes).reduce(0) { $0 + w[$1] * w[$1] }
      sum += into * out
    }
    return sum.squareRoot()
  }

  /// The largest singular value, by power iteration on MᵀM.
  private static func spectral(_ matrix: [Double], columns: Int) -> Double {
    let gram = (0..<columns).map { a in
      (0..<columns).map { b in
        stride(from: 0, to: matrix.count, by: columns).reduce(0) {
          $0 + matrix[$1 + a] * matrix[$1 + b]
        }
      }
    }
    var v = (0..<columns).map { 1 + 0.01 * Double($0) }
    var value = 0.0
    for _ in 0..<10_000 {
      let length = norm(v)
      guard length > 0 else { return 0 }
      v = v.map { $0 / length }
      let image = gram.map { dot($0, v) }
      let next = norm(image)
      if abs(next - value) <= 1e-14 * next { return next.squareRoot() }
      value = next
      v = image
    }
    return value.squareRoot()
  }
}
