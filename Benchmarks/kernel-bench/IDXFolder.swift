import ComputeKernel
import Foundation

/// The four uncompressed IDX files of MNIST in a folder.
struct IDXFolder {
  let path: String

  /// The images of one set.
  ///
  /// - Parameter set: `train` or `t10k`.
  /// - Throws: what reading a file throws.
  /// - Returns: the images with their labels.
  func images(_ set: String) throws -> LabelledImages {
    let folder = URL(filePath: path)
    let pixels = try Data(contentsOf: folder.appending(path: "\(set)-images-idx3-ubyte"))
    let labels = try Data(contentsOf: folder.appending(path: "\(set)-labels-idx1-ubyte"))
    return LabelledImages(
      pixels: [UInt8](pixels.dropFirst(16)), labels: [UInt8](labels.dropFirst(8)))
  }
}
