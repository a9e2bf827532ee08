/// Means over images of what the plain f64 code computes for one image.
struct ImageSums {
  let images: LabelledImages
  let threads: Int

  /// The mean over the images of `range` of what `add` adds to `width` sums.
  ///
  /// - Parameters:
  ///   - width: how many sums there are.
  ///   - range: image numbers.
  ///   - shape: of the network that looks at the images.
  ///   - add: adds one image's part; the pass is its memory.
  /// - Returns: the means.
  func mean(
    _ width: Int, over range: Range<Int>, shape: Shape,
    _ add: @Sendable (SparseImage, inout ImagePass, inout [Double]) -> Void
  ) -> [Double] {
    let zero = [Double](repeating: 0, count: width)
    let total = BlockSums.sum(
      range, threads: threads, from: zero, work: { ImagePass(shape) },
      of: { pass, block in
        var sums = zero
        for n in block { add(SparseImage(n, of: images), &pass, &sums) }
        return sums
      },
      adding: { total, part in
        for k in total.indices { total[k] += part[k] }
      })
    return total.map { $0 / Double(range.count) }
  }
}
