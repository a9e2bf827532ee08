/// An order of images in which neighbours look alike.
///
/// The kernel skips pixels that are 0 in all images of a tile, so a tile of like images is cheap.
/// The order never shows in a result.
struct ImageOrder: Sendable {
  private let features: [PatchCounts]

  /// Halves the images at the median of their first principal component, again and again.
  ///
  /// After the first cut the halves have nothing to do with each other and go side by side.
  static func alike(_ images: LabelledImages) -> [Int32] {
    let look = ImageOrder(images)
    var order = (0..<Int32(images.count)).map { $0 }
    guard let middle = look.cut(&order, order.indices) else { return order }
    let halves = order
    return ParallelParts.map([0..<middle, middle..<order.count]) { range in
      var half = Array(halves[range])
      look.bisect(&half, half.indices)
      return half
    }.flatMap { $0 }
  }

  private init(_ images: LabelledImages) {
    let halves = ParallelParts.ranges(images.count, threads: 2)
    features = ParallelParts.map(halves) { Self.features(of: images, $0) }.flatMap { $0 }
  }

  private static func features(of images: LabelledImages, _ range: Range<Int>) -> [PatchCounts] {
    let patches = PatchCounts.patches(images.pixelsPerImage)
    let pixels = images.pixels.span
    var counts = [Float](repeating: 0, count: 64)
    return range.map { n in
      let image = pixels.extracting(n * patches.count..<(n + 1) * patches.count)
      for k in counts.indices { counts[k] = 0 }
      for i in 0..<image.count where image[i] != 0 { counts[patches[i]] += 1 }
      return PatchCounts(counts.span)
    }
  }

  private func bisect(_ order: inout [Int32], _ range: Range<Int>) {
    guard let middle = cut(&order, range) else { return }
    bisect(&order, range.lowerBound..<middle)
    bisect(&order, middle..<range.upperBound)
  }

  /// Sorts a range along its principal axis and says where its halves meet, between two tiles;
  /// nil when it is a tile already.
  private func cut(_ order: inout [Int32], _ range: Range<Int>) -> Int? {
    let tile = ImageTiles.imagesPerTile
    guard range.count > tile else { return nil }
    let axis = principalAxis(order[range])
    var keys = order[range].map { Self.key(features[Int($0)].dot(axis), $0) }
    keys.sort()
    for (k, key) in zip(range, keys) { order[k] = Int32(truncatingIfNeeded: key) }
    return range.lowerBound + (range.count / 2 + tile - 1) / tile * tile
  }

  /// A whole number that sorts by place, then by image.
  private static func key(_ place: Float, _ image: Int32) -> UInt64 {
    let bits = place.bitPattern
    let ordered = bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
    return UInt64(ordered) << 32 | UInt64(UInt32(bitPattern: image))
  }

  /// Three rounds of power iteration: good enough to cut at.
  private func principalAxis(_ images: ArraySlice<Int32>) -> PatchCounts {
    var mean = PatchCounts()
    for image in images { mean.add(1 / Float(images.count), times: features[Int(image)]) }
    var axis = features[Int(images[images.startIndex])] - mean
    for _ in 0..<3 {
      var next = PatchCounts()
      for image in images {
        let distance = features[Int(image)] - mean
        next.add(distance.dot(axis), times: distance)
      }
      let length = next.dot(next).squareRoot()
      guard length > 0 else { return axis }
      axis = PatchCounts()
      axis.add(1 / length, times: next)
    }
    return axis
  }
}
