import ReproducibleMath

extension Measures {
  /// H·v, exact: the derivative of the gradient along v (Pearlmutter's R-operator).
  ///
  /// - Parameter direction: v, flat as the parameters.
  /// - Returns: H·v, flat as the parameters.
  package func hessian(times direction: [Double]) -> [Double] {
    let network = network
    let v = ExactNetwork(network.shape, network.activation, direction)
    return sums.mean(
      network.shape.parameterCount, over: everything, shape: network.shape
    ) { image, pass, sums in
      pass.run(network, image)
      Self.addCurvature(network, v, image, pass, to: &sums)
    }
  }

  /// The largest eigenvalue in size, with its sign.
  ///
  /// Power iteration from probe 0, at most `steps` steps, until the Rayleigh quotient changes by
  /// less than `tolerance` of itself.
  package func lambdaMax(
    seed: UInt64, model: UInt32, steps: Int = 100, tolerance: Double = 1e-4
  ) -> Double {
    var v = Self.probe(0, seed: seed, model: model, count: network.values.count)
    var value = 0.0
    for _ in 0..<steps {
      let length = norm(v)
      guard length > 0 else { return 0 }
      v = v.map { $0 / length }
      let image = hessian(times: v)
      let quotient = dot(v, image)
      if abs(quotient - value) < tolerance * abs(quotient) { return quotient }
      value = quotient
      v = image
    }
    return value
  }

  /// Hutchinson's estimates: mean zᵀHz for the trace, with its standard error, and mean ‖Hz‖² for
  /// the squared Frobenius norm.
  package func hutchinson(
    probes: Int = 100, seed: UInt64, model: UInt32
  ) -> (trace: Double, standardError: Double, squaredFrobenius: Double) {
    var quotients: [Double] = []
    var squares = 0.0
    for draw in 0..<probes {
      let z = Self.probe(draw, seed: seed, model: model, count: network.values.count)
      let image = hessian(times: z)
      quotients.append(dot(z, image))
      squares += dot(image, image)
    }
    let mean = quotients.reduce(0, +) / Double(probes)
    let spread = quotients.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let variance = probes > 1 ? spread / Double(probes - 1) : .nan
    return (mean, (variance / Double(probes)).squareRoot(), squares / Double(probes))
  }

  /// A Rademacher vector: −1 where the uniform number is below ½, else 1.
  static func probe(_ draw: Int, seed: UInt64, model: UInt32, count: Int) -> [Double] {
    RandomSequence(seed: seed, stream: .probes, model: model, draw: UInt32(draw))
      .symmetricUniforms(count: count).map { $0 < 0 ? -1 : 1 }
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
