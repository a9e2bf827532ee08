/// Measures of one network's loss surface on one set of images.
///
/// The formulas are those of `docs/science.md`. A network with a batch-norm layer is folded first.
/// No result depends on `threads` or on the instruction set. Weights that are not finite make every
/// measure not a number; weights so large that the arithmetic overflows make it infinite or not a
/// number.
package struct Measures: Sendable {
  let shape: Shape
  /// The parameters, flat.
  let w: [Double]
  let imageCount: Int
  let threads: Int
  let surface: any LossSurface
  let isFinite: Bool

  /// - Parameters:
  ///   - network: whose loss is looked at.
  ///   - images: over which losses are averaged; at least one.
  ///   - threads: how many cores to use.
  ///   - kernel: which code computes; a test's business.
  package init(
    _ network: Network, on images: LabelledImages, threads: Int = 1,
    kernel: Implementation = .selected
  ) {
    precondition(network.shape.inputs == images.pixelsPerImage)
    precondition(network.shape.classes == images.classes && images.count > 0)
    let network = network.folded()
    shape = network.shape
    w = network.weights.map { Double($0) }
    isFinite = network.isFinite
    imageCount = images.count
    self.threads = threads
    surface =
      switch kernel {
      case .reference:
        ReferenceSurface(shape: network.shape, activation: network.activation, images: images)
      case .fast(let variant):
        variant.surface(network.shape, network.activation, images)
      }
  }

  var everything: Range<Int> { 0..<imageCount }

  /// The mean loss.
  package var loss: Double { loss(0, along: w) }

  /// The mean loss at w + scale·direction.
  package func loss(_ scale: Double, along direction: [Double]) -> Double {
    isFinite ? surface.loss(at: moved(scale, direction), over: everything, threads: threads) : .nan
  }

  /// ∇L, flat as the parameters.
  package var gradient: [Double] {
    isFinite
      ? surface.gradient(at: w, over: everything, threads: threads).gradient
      : w.map { _ in .nan }
  }

  /// H·v, exact, flat as the parameters.
  package func hessian(times v: [Double]) -> [Double] {
    precondition(v.count == w.count, "the direction belongs to another network")
    return isFinite ? surface.hessian(at: w, times: v, threads: threads) : w.map { _ in .nan }
  }

  /// All closed forms at once.
  package var closedForms: ClosedForms {
    isFinite
      ? surface.closedForms(at: w, threads: threads)
      : ClosedForms(means: Array(repeating: .nan, count: 6))
  }

  /// For each image the output of its class minus the largest other one.
  package var margins: [Double] {
    isFinite
      ? surface.margins(at: w, threads: threads) : Array(repeating: .nan, count: imageCount)
  }

  /// w + scale·direction.
  func moved(_ scale: Double, _ direction: [Double]) -> [Double] {
    combined(w, direction) { $0 + scale * $1 }
  }
}

/// `combine` of each two elements.
func combined(
  _ a: [Double], _ b: [Double], _ combine: (Double, Double) -> Double
) -> [Double] {
  precondition(a.count == b.count)
  var result = a
  var target = result.mutableSpan
  let other = b.span
  for k in 0..<target.count { target[k] = combine(target[k], other[k]) }
  return result
}

/// The Euclidean length.
func norm(_ vector: [Double]) -> Double {
  vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
