extension ReferenceSurface {
  func closedForms(at w: [Double], threads: Int) -> ClosedForms {
    let network = network(w)
    let squares = SquaredWeights(network)
    let means = sums(threads).mean(6, over: 0..<images.count, shape: shape) {
      image, pass, sums in
      pass.run(network, image)
      Self.add(network, squares, image, pass, to: &sums)
    }
    return ClosedForms(means: means)
  }

  private static func add(
    _ network: ExactNetwork, _ squares: SquaredWeights, _ image: SparseImage, _ pass: ImagePass,
    to sums: inout [Double]
  ) {
    let shape = network.shape
    let w = network.values.span
    let input = image.product(squares.values.span, width: shape.hidden, squared: true)
    let inputs = pass.squaredInput + 1
    let hidden = dot(pass.h, pass.h) + 1
    var first = 0.0
    var relative = 0.0
    var mean = 0.0
    var back = 0.0
    for j in 0..<shape.hidden {
      let row = shape.W2.lowerBound + j * shape.classes
      var expected = 0.0
      var expectedSquare = 0.0
      var error = 0.0
      for c in 0..<shape.classes {
        let weight = w[row + c]
        expected += pass.p[c] * weight
        expectedSquare += pass.p[c] * weight * weight
        error += pass.e[c] * weight
        relative +=
          pass.h[j] * pass.h[j] * squares.values[row + c] * pass.p[c] * (1 - pass.p[c])
      }
      let slope = pass.slope[j] * pass.slope[j]
      let q = slope * (expectedSquare - expected * expected)
      first += q
      relative += q * (input[j] + squares.values[shape.b1.lowerBound + j])
      mean += expected * expected
      back += slope * error * error
    }
    var flat = 0.0
    for c in 0..<shape.classes {
      flat += pass.p[c] * squares.columns[c]
      relative += squares.values[shape.b2.lowerBound + c] * pass.p[c] * (1 - pass.p[c])
    }
    sums[0] += pass.loss
    sums[1] += inputs * first
    sums[2] += hidden * (1 - dot(pass.p, pass.p))
    sums[3] += relative
    sums[4] += (hidden - 1) * (flat - mean)
    sums[5] += dot(pass.e, pass.e) * hidden + inputs * back
  }

  /// w² of every parameter, and their sum for each column of W2.
  private struct SquaredWeights: Sendable {
    let values: [Double]
    let columns: [Double]

    init(_ network: ExactNetwork) {
      let shape = network.shape
      let values = network.values.map { $0 * $0 }
      self.values = values
      columns = (0..<shape.classes).map { c in
        (0..<shape.hidden).reduce(0) {
          $0 + values[shape.W2.lowerBound + $1 * shape.classes + c]
        }
      }
    }
  }
}
