package import ComputeKernel
import DataFormats

/// Images and labels of one pair of IDX files, checked to be what the kernel takes.
package struct ImageSet: Sendable {
  package let pixels: [UInt8]
  package let labels: [UInt8]

  package static let pixelsPerImage = 784
  package static let classes = 10

  package var count: Int { labels.count }

  /// The set in two IDX files; `name` (`training`, `test`) is for errors.
  package init(images: [UInt8], labels: [UInt8], name: String) throws(ExperimentError) {
    let images = try Self.parse(images, "\(name) images")
    let labels = try Self.parse(labels, "\(name) labels")
    guard images.dimensions.count == 3,
      images.dimensions[1...].reduce(1, *) == Self.pixelsPerImage
    else {
      throw .badData("\(name) images", "dimensions \(images.dimensions), expected [n, 28, 28]")
    }
    guard images.dimensions[0] > 0, labels.dimensions == [images.dimensions[0]] else {
      throw .badData(
        "\(name) labels", "dimensions \(labels.dimensions), expected [\(images.dimensions[0])]")
    }
    guard labels.elements.allSatisfy({ $0 < Self.classes }) else {
      throw .badData("\(name) labels", "a label above \(Self.classes - 1)")
    }
    pixels = images.elements
    self.labels = labels.elements
  }

  private init(pixels: [UInt8], labels: [UInt8]) {
    self.pixels = pixels
    self.labels = labels
  }

  /// The images at `indices`, in that order.
  package func selecting(_ indices: some Collection<Int32>) -> ImageSet {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(indices.count * Self.pixelsPerImage)
    for index in indices {
      let start = Int(index) * Self.pixelsPerImage
      pixels += self.pixels[start..<(start + Self.pixelsPerImage)]
    }
    return ImageSet(pixels: pixels, labels: indices.map { labels[Int($0)] })
  }

  /// These images, then those of `other`.
  package func appending(_ other: ImageSet) -> ImageSet {
    ImageSet(pixels: pixels + other.pixels, labels: labels + other.labels)
  }

  /// The form in which the kernel takes them.
  package var labelledImages: LabelledImages {
    LabelledImages(
      pixels: pixels, labels: labels, pixelsPerImage: Self.pixelsPerImage, classes: Self.classes)
  }

  private static func parse(_ bytes: [UInt8], _ name: String) throws(ExperimentError) -> IDX {
    do {
      return try IDX(parsing: bytes)
    } catch {
      throw .badData(name, error.description)
    }
  }
}
