/// The pixels of every image that are not 0: four fifths of MNIST need not be looked at.
struct PixelLists: Sendable {
  /// List n occupies `starts[n]..<starts[n + 1]`.
  let starts: [Int32]
  /// Places in the image, ascending; each below the number of pixels of an image.
  let columns: [UInt16]
  /// Brightness, 1…255.
  let values: [UInt8]

  init(_ images: LabelledImages) {
    precondition(images.pixels.count < Int(Int32.max), "the lists are counted in 32 bits")
    var count = 0
    for pixel in images.pixels where pixel != 0 { count += 1 }
    var starts: [Int32] = [0]
    var columns = [UInt16](repeating: 0, count: count)
    var values = [UInt8](repeating: 0, count: count)
    starts.reserveCapacity(images.count + 1)
    let pixels = images.pixels.span
    var next = 0
    for n in 0..<images.count {
      let image = pixels.extracting(
        n * images.pixelsPerImage..<(n + 1) * images.pixelsPerImage)
      for i in 0..<image.count where image[i] != 0 {
        columns[next] = UInt16(truncatingIfNeeded: i)
        values[next] = image[i]
        next += 1
      }
      starts.append(Int32(next))
    }
    self.starts = starts
    self.columns = columns
    self.values = values
  }

  /// The float of every byte.
  static let brightness = FloatStorage((0..<256).map { Float($0) })
}
