/// An immutable set of grey images with a class each.
package struct LabelledImages: Sendable {
  /// Row-major, `pixelsPerImage` bytes an image; the network sees pixel/255.
  package let pixels: [UInt8]
  package let labels: [UInt8]
  package let pixelsPerImage: Int
  package let classes: Int

  package init(pixels: [UInt8], labels: [UInt8], pixelsPerImage: Int = 784, classes: Int = 10) {
    precondition(pixels.count == labels.count * pixelsPerImage, "pixels do not fit the labels")
    precondition(pixelsPerImage > 0 && pixelsPerImage <= 65_536, "indices are 16 bits wide")
    precondition((1...16).contains(classes), "the kernel computes with 1 to 16 classes")
    precondition(labels.allSatisfy { $0 < classes }, "a label is outside the classes")
    self.pixels = pixels
    self.labels = labels
    self.pixelsPerImage = pixelsPerImage
    self.classes = classes
  }

  package var count: Int { labels.count }
}
