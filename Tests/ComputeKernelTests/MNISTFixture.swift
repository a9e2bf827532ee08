import ComputeKernel
import Foundation

/// Real images for the tests.
enum MNISTFixture {
  /// The first 1,000 training images, committed beside the tests.
  static let firstThousand = read(
    folder: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path,
    images: "first-1000-images-idx3-ubyte", labels: "first-1000-labels-idx1-ubyte")

  /// Where the four IDX files are, if this machine has them.
  static let folder = ProcessInfo.processInfo.environment["PIPE_TEST_MNIST"].flatMap {
    $0.isEmpty ? nil : $0
  }

  /// All 60,000 training images, if this machine has them.
  static let training = folder.flatMap {
    read(folder: $0, images: "train-images-idx3-ubyte", labels: "train-labels-idx1-ubyte")
  }

  /// The first images of the fixture.
  static func first(_ count: Int) -> LabelledImages? {
    firstThousand.map {
      LabelledImages(
        pixels: Array($0.pixels.prefix(count * $0.pixelsPerImage)),
        labels: Array($0.labels.prefix(count)))
    }
  }

  private static func read(folder: String, images: String, labels: String) -> LabelledImages? {
    guard
      let pixels = FileManager.default.contents(atPath: folder + "/" + images),
      let classes = FileManager.default.contents(atPath: folder + "/" + labels)
    else { return nil }
    return LabelledImages(
      pixels: [UInt8](pixels.dropFirst(16)), labels: [UInt8](classes.dropFirst(8)))
  }
}
