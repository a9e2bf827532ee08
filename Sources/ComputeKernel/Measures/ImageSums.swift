/// Sums over images in f64, in blocks of a fixed size that are added in their order.
///
/// The number of threads decides who computes a block, never what is added to what.
struct ImageSums {
  static let imagesPerBlock = 1000

  let images: LabelledImages
  let lists: PixelLists
  let threads: Int

  init(_ images: LabelledImages, threads: Int) {
    self.images = images
    self.threads = threads
    lists = images.lists
  }

  /// The mean over the images of `range` of what `add` adds to `width` sums.
  ///
  /// - Parameters:
  ///   - width: how many sums there are.
  ///   - range: image numbers.
  ///   - shape: of the network that looks at the images.
  ///   - add: adds one image's part; the pass is its memory, made once a block.
  /// - Returns: the means.
  func mean(
    _ width: Int, over range: Range<Int>, shape: Shape,
    _ add: @Sendable (SparseImage, inout ImagePass, inout [Double]) -> Void
  ) -> [Double] {
    let blocks = Swift.stride(from: range.lowerBound, to: range.upperBound, by: Self.imagesPerBlock)
      .map { $0..<min($0 + Self.imagesPerBlock, range.upperBound) }
    var total = [Double](repeating: 0, count: width)
    // A few blocks at a time, so that their partial sums need little memory.
    for first in Swift.stride(from: 0, to: blocks.count, by: max(threads, 1)) {
      let wave = Array(blocks[first..<min(first + max(threads, 1), blocks.count)])
      let parts = ParallelParts.map(wave) { block in
        var sums = [Double](repeating: 0, count: width)
        var pass = ImagePass(shape)
        for n in block { add(SparseImage(n, of: images, lists), &pass, &sums) }
        return sums
      }
      for part in parts {
        for k in total.indices { total[k] += part[k] }
      }
    }
    return total.map { $0 / Double(range.count) }
  }
}
