import DataFormats

/// Whether four files fit together: what later stages may rely on.
enum DatasetForm {
  private static let pixels = 784
  private static let classes = 10

  /// Throws ``DatasetError/wrongForm`` unless images are 28 × 28 with a label from 0 to 9 each.
  static func check(_ files: [DatasetFile: [UInt8]]) throws(DatasetError) {
    try checkPair(files, .trainImages, .trainLabels)
    try checkPair(files, .testImages, .testLabels)
  }

  private static func checkPair(
    _ files: [DatasetFile: [UInt8]], _ imagesFile: DatasetFile, _ labelsFile: DatasetFile
  ) throws(DatasetError) {
    let images = try parse(files, imagesFile)
    let labels = try parse(files, labelsFile)
    guard images.dimensions.count == 3, images.dimensions[0] > 0,
      images.dimensions[1...].reduce(1, *) == pixels
    else {
      throw .wrongForm(
        file: imagesFile.fileName,
        reason: "its dimensions are \(images.dimensions), expected [n, 28, 28]")
    }
    guard labels.dimensions == [images.dimensions[0]] else {
      throw .wrongForm(
        file: labelsFile.fileName,
        reason: "its dimensions are \(labels.dimensions), expected [\(images.dimensions[0])]")
    }
    guard let largest = labels.elements.max(), largest < classes else {
      throw .wrongForm(file: labelsFile.fileName, reason: "a label is above \(classes - 1)")
    }
  }

  private static func parse(
    _ files: [DatasetFile: [UInt8]], _ file: DatasetFile
  ) throws(DatasetError) -> IDX {
    do {
      return try IDX(parsing: files[file] ?? [])
    } catch {
      throw .wrongForm(file: file.fileName, reason: error.description)
    }
  }
}
