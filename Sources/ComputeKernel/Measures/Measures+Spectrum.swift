import ReproducibleMath

extension Measures {
  /// The largest eigenvalue of the Hessian in size, with its sign.
  ///
  /// Power iteration from probe 0, at most `steps` steps, until the Rayleigh quotient changes by
  /// less than `tolerance` of itself; it is signed. NaN when the task is cancelled.
  package func lambdaMax(
    seed: UInt64, model: UInt32, steps: Int = 100, tolerance: Double = 1e-4
  ) -> Double {
    var v = Self.probe(0, seed: seed, model: model, count: w.count)
    var value = 0.0
    for _ in 0..<steps {
      let length = norm(v)
      guard length > 0 else { return 0 }
      guard !Task.isCancelled else { return .nan }
      v = v.map { $0 / length }
      let image = hessian(times: v)
      let quotient = dot(v, image)
      let isSettled = abs(quotient - value) < tolerance * abs(quotient)
      if isSettled || !quotient.isFinite { return quotient }
      value = quotient
      v = image
    }
    return value
  }

  /// What random probes tell about the Hessian.
  package struct Hutchinson: Sendable, Hashable {
    /// Mean zᵀHz, which estimates the trace, and its standard error; NaN for one probe.
    package var trace: Double
    package var standardError: Double
    /// Mean ‖Hz‖², which estimates ‖H‖_F².
    package var squaredFrobenius: Double
  }

  /// Hutchinson's estimates from Rademacher vectors z.
  ///
  /// - Parameters:
  ///   - probes: how many vectors; at least 1.
  ///   - seed: the key of the experiment.
  ///   - model: the number of the model; draws 0, 1, … of its stream of probes are taken.
  /// - Returns: the estimates; NaN when the task is cancelled.
  package func hutchinson(probes: Int = 100, seed: UInt64, model: UInt32) -> Hutchinson {
    precondition(probes > 0, "there is no mean of no probes")
    var quotients: [Double] = []
    var squares = 0.0
    for draw in 0..<probes {
      guard !Task.isCancelled else {
        return Hutchinson(trace: .nan, standardError: .nan, squaredFrobenius: .nan)
      }
      let z = Self.probe(draw, seed: seed, model: model, count: w.count)
      let image = hessian(times: z)
      quotients.append(dot(z, image))
      squares += dot(image, image)
    }
    let mean = quotients.reduce(0, +) / Double(probes)
    let spread = quotients.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let variance = probes > 1 ? spread / Double(probes - 1) : .nan
    return Hutchinson(
      trace: mean, standardError: (variance / Double(probes)).squareRoot(),
      squaredFrobenius: squares / Double(probes))
  }

  /// A Rademacher vector: −1 where the uniform number is below ½, else 1.
  private static func probe(_ draw: Int, seed: UInt64, model: UInt32, count: Int) -> [Double] {
    RandomSequence(seed: seed, stream: .probes, model: model, draw: UInt32(draw))
      .symmetricUniforms(count: count).map { $0 < 0 ? -1 : 1 }
  }
}
