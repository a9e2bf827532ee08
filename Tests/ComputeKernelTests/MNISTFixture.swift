import ComputeKernel
import Foundation

/// Real images for the tests.
enum MNISTFixture {
  /// The first 1,000 training images, committed beside the tests.
  static let firstThousand = read(
    folder: #filePath.prefix(while: { _ in true }).replacingOccurrences(
      of: "MNISTFixture.swift", with: "Fixtures"),
    images: "first-1000-images-idx3-ubyte", labels: "first-1000-labels-idx1-ubyte")

  /// Where the four IDX files are, if this machine has them.
  static let folder = ProcessInfo.processInfo.environment["PIPE_TEST_MNIST"]

  /// All 60,000 training images; only on a machine that has them.
  static let training = folder.flatMap {
    read(folder: $0, images: "train-images-idx3-ubyte", labels: "train-labels-idx1-ubyte")
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
