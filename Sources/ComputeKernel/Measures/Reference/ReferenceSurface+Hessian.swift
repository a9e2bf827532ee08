extension ReferenceSurface {
  func hessian(at w: [Double], times v: [Double], threads: Int) -> [Double] {
    let network = network(w)
    let direction = self.network(v)
    return sums(threads).mean(shape.parameterCount, over: 0..<images.count, shape: shape) {
      image, pass, sums in
      pass.run(network, image)
      Self.addCurvature(network, direction, image, pass, to: &sums)
    }
  }

  /// Adds ∇²ℓ·v of one image; R marks derivatives along v.
  private static func addCurvature(
    _ network: ExactNetwork, _ v: ExactNetwork, _ image: SparseImage, _ pass: ImagePass,
    to sums: inout [Double]
  ) {
    let shape = network.shape
    let w = network.values.span
    let d = v.values.span
    var Ra = image.product(d, width: shape.hidden)
    for j in Ra.indices { Ra[j] += d[shape.b1.lowerBound + j] }
    let Re = outputCurvature(shape, w, d, pass, Ra)
    var delta = [Double](repeating: 0, count: shape.hidden)
    var sums = sums.mutableSpan
    for j in 0..<shape.hidden {
      let row = shape.W2.lowerBound + j * shape.classes
      let Rh = pass.slope[j] * Ra[j]
      var back = 0.0
      var Rback = 0.0
      for c in 0..<shape.classes {
        back += w[row + c] * pass.e[c]
        Rback += d[row + c] * pass.e[c] + w[row + c] * Re[c]
        sums[row + c] += Rh * pass.e[c] + pass.h[j] * Re[c]
      }
      delta[j] = pass.bend(j, network.activation) * Ra[j] * back + pass.slope[j] * Rback
      sums[shape.b1.lowerBound + j] += delta[j]
    }
    for c in 0..<shape.classes { sums[shape.b2.lowerBound + c] += Re[c] }
    image.addOuter(delta.span, to: &sums)
  }

  /// Re = p∘(Rz − p·Rz) with Rz = V2ᵀh + c2 + W2ᵀRh.
  private static func outputCurvature(
    _ shape: Shape, _ w: Span<Double>, _ d: Span<Double>, _ pass: ImagePass, _ Ra: [Double]
  ) -> [Double] {
    var Rz = shape.b2.map { d[$0] }
    for j in 0..<shape.hidden {
      let row = shape.W2.lowerBound + j * shape.classes
      let Rh = pass.slope[j] * Ra[j]
      for c in Rz.indices { Rz[c] += pass.h[j] * d[row + c] + Rh * w[row + c] }
    }
    let mean = dot(pass.p, Rz)
    return Rz.indices.map { pass.p[$0] * (Rz[$0] - mean) }
  }
}
