import ReproducibleMath

/// The plain network: what it computes for one image, written for reading, not for speed.
///
/// Activations are f32; each is a sum formed in f64 and rounded once.
struct ReferenceForward {
  var shape: Shape
  var activation: Activation
  var weights: [Float]

  /// a = W1ᵀx + b1 for an image of `inputs` bytes.
  func hiddenSums(_ image: ArraySlice<UInt8>) -> [Float] {
    var sums = shape.b1.map { Double(weights[$0]) }
    for (i, pixel) in image.enumerated() where pixel != 0 {
      let x = Double(pixel) / 255
      for j in 0..<shape.hidden { sums[j] += x * Double(weights[i * shape.hidden + j]) }
    }
    return sums.map { Float($0) }
  }

  /// z = W2ᵀh + b2.
  func outputs(_ hidden: [Float]) -> [Float] {
    var sums = shape.b2.map { Double(weights[$0]) }
    for j in 0..<shape.hidden {
      for c in 0..<shape.classes {
        sums[c] +=
          Double(hidden[j]) * Double(weights[shape.W2.lowerBound + j * shape.classes + c])
      }
    }
    return sums.map { Float($0) }
  }

  /// φ(a); a sum that is not a number stays one.
  func activate(_ a: Float) -> Float {
    switch activation {
    case .relu: a <= 0 ? 0 : a
    case .tanh: Float(Elementary.tanh(Double(a)))
    case .sigmoid: Float(1 / (1 + Elementary.exp(-Double(a))))
    }
  }

  /// φ′ at a, given h = φ(a).
  func slope(_ a: Float, _ h: Float) -> Float {
    switch activation {
    case .relu: a > 0 ? 1 : 0
    case .tanh: 1 - h * h
    case .sigmoid: h * (1 - h)
    }
  }
}

/// Softmax, loss and prediction for the outputs of one image.
struct ReferenceSoftmax {
  var probabilities: [Float]
  var loss: Float
  /// The class with the largest output, the first on a tie.
  var prediction: Int

  init(_ z: [Float], label: Int) {
    var best = 0
    for c in z.indices where z[c] > z[best] { best = c }
    let top = Double(z[best])
    let powers = z.map { Elementary.exp(Double($0) - top) }
    let sum = powers.reduce(0, +)
    probabilities = powers.map { Float($0 / sum) }
    loss = Float(Elementary.log(sum) + top - Double(z[label]))
    prediction = best
  }
}
