/// Measures of one network's loss surface on one set of images; all in f64.
///
/// The formulas are those of the experiment's paper. A network with a batch-norm layer is folded
/// first. Results do not depend on `threads`.
package struct Measures: Sendable {
  let network: ExactNetwork
  let images: LabelledImages
  let threads: Int

  package init(_ network: Network, on images: LabelledImages, threads: Int = 1) {
    precondition(network.shape.inputs == images.pixelsPerImage)
    precondition(network.shape.classes == images.classes && images.count > 0)
    self.network = ExactNetwork(network)
    self.images = images
    self.threads = threads
  }

  var sums: ImageSums { ImageSums(images, threads: threads) }
  var everything: Range<Int> { 0..<images.count }

  /// The mean loss.
  package var loss: Double { loss(network, everything) }

  /// The mean loss at w + scale·direction.
  package func loss(_ scale: Double, along direction: [Double]) -> Double {
    loss(network.moved(scale, along: direction), everything)
  }

  func loss(_ network: ExactNetwork, _ range: Range<Int>) -> Double {
    sums.mean(1, over: range, shape: network.shape) { image, pass, sums in
      pass.run(network, image)
      sums[0] += pass.loss
    }[0]
  }
}

/// The Euclidean length.
func norm(_ vector: [Double]) -> Double {
  vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
