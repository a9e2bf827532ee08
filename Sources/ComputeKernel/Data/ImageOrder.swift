/// An order of images in which neighbours look alike.
///
/// The kernel skips pixels that are 0 in all images of a tile, so a tile of like images is cheap.
/// The order never shows in a result.
struct ImageOrder {
  private let features: [PatchCounts]
  private(set) var order: [Int32]

  /// Halves the images at the median of their first principal component, again and again.
  static func alike(_ images: LabelledImages) -> [Int32] {
    var sorted = ImageOrder(images)
    sorted.bisect(0..<images.count)
    return sorted.order
  }

  private init(_ images: LabelledImages) {
    let patches = PatchCounts.patches(images.pixelsPerImage)
    let pixels = images.pixels.span
    var counts = [Float](repeating: 0, count: 64)
    var features: [PatchCounts] = []
    features.reserveCapacity(images.count)
    for n in 0..<images.count {
      let image = pixels.extracting(n * patches.count..<(n + 1) * patches.count)
      for k in counts.indices { counts[k] = 0 }
      for i in 0..<image.count where image[i] != 0 { counts[patches[i]] += 1 }
      features.append(PatchCounts(counts.span))
    }
    self.features = features
    order = (0..<Int32(images.count)).map { $0 }
  }

  private mutating func bisect(_ range: Range<Int>) {
    let tile = ImageTiles.imagesPerTile
    guard range.count > tile else { return }
    let axis = principalAxis(range)
    var keys = order[range].map { Self.key(features[Int($0)].dot(axis), $0) }
    keys.sort()
    for (k, key) in zip(range, keys) { order[k] = Int32(truncatingIfNeeded: key) }
    let middle = range.lowerBound + (range.count / 2 + tile - 1) / tile * tile
    bisect(range.lowerBound..<middle)
    bisect(middle..<range.upperBound)
  }

  /// A whole number that sorts by place, then by image.
  private static func key(_ place: Float, _ image: Int32) -> UInt64 {
    let bits = place.bitPattern
    let ordered = bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
    return UInt64(ordered) << 32 | UInt64(UInt32(bitPattern: image))
  }

  /// Three rounds of power iteration: good enough to cut at.
  private func principalAxis(_ range: Range<Int>) -> PatchCounts {
    var mean = PatchCounts()
    for image in order[range] { mean.add(1 / Float(range.count), times: features[Int(image)]) }
    var axis = features[Int(order[range.lowerBound])] - mean
    for _ in 0..<3 {
      var next = PatchCounts()
      for image in order[range] {
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
