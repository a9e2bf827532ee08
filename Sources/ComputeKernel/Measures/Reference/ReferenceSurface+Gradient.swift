extension ReferenceSurface {
  func gradient(
    at w: [Double], over range: Range<Int>, threads: Int
  ) -> (loss: Double, gradient: [Double]) {
    let network = network(w)
    let count = shape.parameterCount
    var means = sums(threads).mean(count + 1, over: range, shape: shape) {
      image, pass, sums in
      pass.run(network, image)
      sums[count] += pass.loss
      Self.addGradient(network, image, pass, to: &sums)
    }
    let loss = means.removeLast()
    return (loss, means)
  }

  /// Adds ∇ℓ of one image: x̃ ⊗ φ′∘(W2 e) and h̃ ⊗ e.
  private static func addGradient(
    _ network: ExactNetwork, _ image: SparseImage, _ pass: ImagePass, to sums: inout [Double]
  ) {
    let shape = network.shape
    let weights = network.values.span
    var delta = [Double](repeating: 0, count: shape.hidden)
    var sums = sums.mutableSpan
    for j in 0..<shape.hidden {
      let row = shape.W2.lowerBound + j * shape.classes
      var back = 0.0
      for c in 0..<shape.classes {
        back += weights[row + c] * pass.e[c]
        sums[row + c] += pass.h[j] * pass.e[c]
      }
      delta[j] = back * pass.slope[j]
      sums[shape.b1.lowerBound + j] += delta[j]
    }
    for c in 0..<shape.classes { sums[shape.b2.lowerBound + c] += pass.e[c] }
    image.addOuter(delta.span, to: &sums)
  }
}
