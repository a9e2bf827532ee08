import ComputeKernel
import ReproducibleMath

/// Made-up images, mostly black like real ones, of any size and number of classes.
func smallImages(count: Int, pixels: Int = 30, classes: Int = 10) -> LabelledImages {
  let random = RandomSequence(seed: 5, stream: .subset)
  let values = (0..<count * pixels).map { k in
    let bits = random.bits(at: k)
    return bits & 3 == 0 ? UInt8(truncatingIfNeeded: bits >> 8) : 0
  }
  let labels = (0..<count).map { UInt8(random.bits(at: count * pixels + $0) % UInt32(classes)) }
  return LabelledImages(pixels: values, labels: labels, pixelsPerImage: pixels, classes: classes)
}

/// A network with the usual first weights and biases that are not 0.
func smallNetwork(
  _ images: LabelledImages, hidden: Int, activation: Activation = .relu, model: UInt32 = 0
) -> Network {
  let shape = Shape(inputs: images.pixelsPerImage, hidden: hidden, classes: images.classes)
  var weights = Initialization.glorotUniform(shape, seed: 11, model: model)
  for k in shape.b1 { weights[k] = Float(k % 7) * 0.05 - 0.1 }
  for k in shape.b2 { weights[k] = Float(k % 5) * 0.05 - 0.1 }
  return Network(shape: shape, activation: activation, weights: weights)
}

extension Implementation {
  /// The vectorised variants this machine can run.
  static let fast = available.filter { $0 != .reference }
}
