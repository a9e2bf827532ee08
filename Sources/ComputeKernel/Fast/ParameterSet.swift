/// The parameters of one network, or anything of their shape, as the inner loops want them.
///
/// W1 in panels of [inputs][width], b1 [row], W2 [classes][row], b2 [16], γ and β [row], or empty
/// without batch normalisation. What has no parameter is 0.
struct ParameterSet {
  var W1: FloatStorage
  var b1: FloatStorage
  var W2: FloatStorage
  var b2: FloatStorage
  var gamma: FloatStorage
  var beta: FloatStorage

  /// All zeros.
  init(_ shape: PaddedShape, batchNorm: Bool) {
    W1 = FloatStorage(floats: shape.inputs * shape.units)
    b1 = FloatStorage(floats: shape.row)
    W2 = FloatStorage(floats: shape.classes * shape.row)
    b2 = FloatStorage(floats: 16)
    gamma = FloatStorage(floats: batchNorm ? shape.row : 0)
    beta = gamma
  }

  init(_ network: Network, _ shape: PaddedShape) {
    self.init(shape, batchNorm: network.batchNorm != nil)
    let flat = network.shape
    var target = W1.mutableSpan
    let weights = network.weights.span
    for run in shape.runs {
      for k in 0..<run.count { target.store(weights[run.flat + k], at: run.padded + k) }
    }
    for j in 0..<flat.hidden {
      b1[float: j] = network.weights[flat.b1.lowerBound + j]
      for c in 0..<flat.classes {
        W2[float: c * shape.row + j] = network.weights[flat.W2.lowerBound + j * flat.classes + c]
      }
    }
    for c in 0..<flat.classes { b2[float: c] = network.weights[flat.b2.lowerBound + c] }
    for j in 0..<(network.batchNorm?.gamma.count ?? 0) {
      gamma[float: j] = network.batchNorm?.gamma[j] ?? 1
      beta[float: j] = network.batchNorm?.beta[j] ?? 0
    }
  }

  /// Back to W1, b1, W2, b2, flat and row-major.
  func flat(_ flat: Shape, _ shape: PaddedShape) -> [Float] {
    var weights = [Float](repeating: 0, count: flat.parameterCount)
    for run in shape.runs {
      for k in 0..<run.count { weights[run.flat + k] = W1[float: run.padded + k] }
    }
    for j in 0..<flat.hidden {
      weights[flat.b1.lowerBound + j] = b1[float: j]
      for c in 0..<flat.classes {
        weights[flat.W2.lowerBound + j * flat.classes + c] = W2[float: c * shape.row + j]
      }
    }
    for c in 0..<flat.classes { weights[flat.b2.lowerBound + c] = b2[float: c] }
    return weights
  }

  /// ‖·‖² over all of it, in f64; the order of its additions knows nothing of panels.
  func squaredNorm(_ shape: PaddedShape) -> Double {
    squaredNormOfW1(shape) + b1.squaredNorm + W2.squaredNorm + b2.squaredNorm + gamma.squaredNorm
      + beta.squaredNorm
  }

  /// Over the pixels for each hidden unit, then over the units.
  private func squaredNormOfW1(_ shape: PaddedShape) -> Double {
    var sum = 0.0
    let weights = W1.span
    for panel in shape.panels {
      for unit in stride(from: 0, to: panel.width, by: 8) {
        var sums = SIMD8<Double>()
        for i in 0..<shape.inputs {
          let wide = SIMD8<Double>(weights.eight(at: panel.start + i * panel.width + unit))
          sums += wide * wide
        }
        for lane in 0..<8 { sum += sums[lane] }
      }
    }
    return sum
  }
}
