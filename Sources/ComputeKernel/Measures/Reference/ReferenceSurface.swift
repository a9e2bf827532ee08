/// The loss surface in plain f64 code: slow, and the oracle of the fast one.
struct ReferenceSurface: LossSurface {
  let shape: Shape
  let activation: Activation
  let images: LabelledImages

  func network(_ w: [Double]) -> ExactNetwork { ExactNetwork(shape, activation, w) }

  func sums(_ threads: Int) -> ImageSums { ImageSums(images: images, threads: threads) }

  func loss(at w: [Double], over range: Range<Int>, threads: Int) -> Double {
    let network = network(w)
    return sums(threads).mean(1, over: range, shape: shape) { image, pass, sums in
      pass.run(network, image)
      sums[0] += pass.loss
    }[0]
  }

  func margins(at w: [Double], threads: Int) -> [Double] {
    let network = network(w)
    return ParallelParts.map(ParallelParts.ranges(images.count, threads: threads)) { part in
      var pass = ImagePass(shape)
      return part.map { n in
        pass.run(network, SparseImage(n, of: images))
        return pass.margin
      }
    }.flatMap { $0 }
  }
}
