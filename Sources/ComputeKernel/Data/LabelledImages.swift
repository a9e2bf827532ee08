import Synchronization

/// An immutable set of grey images with a class each.
///
/// Copies share what the kernel derives from the images at first use, so make one value and pass it
/// around rather than many of the same bytes.
package struct LabelledImages: Sendable {
  /// Row-major, `pixelsPerImage` bytes an image; the network sees pixel/255.
  package let pixels: [UInt8]
  package let labels: [UInt8]
  package let pixelsPerImage: Int
  package let classes: Int
  private let derived = Derived()

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

  /// For training: the groups of pixels of each image.
  var groups: PixelGroups {
    derived.groups.withLock { groups in
      if let groups { return groups }
      let made = PixelGroups(self)
      groups = made
      return made
    }
  }

  /// For evaluation: images that look alike in tiles of four.
  var tiles: ImageTiles {
    derived.tiles.withLock { tiles in
      if let tiles { return tiles }
      let made = ImageTiles(self)
      tiles = made
      return made
    }
  }

  /// Makes everything that training or evaluation would otherwise make at first use.
  package func prepare(training: Bool = true, evaluation: Bool = true) {
    if training { _ = groups }
    if evaluation { _ = tiles }
  }

  private final class Derived: Sendable {
    let groups = Mutex<PixelGroups?>(nil)
    let tiles = Mutex<ImageTiles?>(nil)
  }
}
