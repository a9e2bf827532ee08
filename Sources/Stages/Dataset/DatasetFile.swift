/// The four files of a dataset in the form of MNIST; the raw value names output and digest.
enum DatasetFile: String, CaseIterable, Sendable {
  case trainImages
  case trainLabels
  case testImages
  case testLabels

  /// The name under which mirrors offer the file, without `.gz`.
  var fileName: String {
    switch self {
    case .trainImages: "train-images-idx3-ubyte"
    case .trainLabels: "train-labels-idx1-ubyte"
    case .testImages: "t10k-images-idx3-ubyte"
    case .testLabels: "t10k-labels-idx1-ubyte"
    }
  }

  /// SHA-256 of the uncompressed file of MNIST.
  var digestOfMNIST: String {
    switch self {
    case .trainImages: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"
    case .trainLabels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"
    case .testImages: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"
    case .testLabels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
    }
  }
}

/// A file together with the digest that its content must have.
struct WantedFile: Sendable {
  var file: DatasetFile
  /// SHA-256 of the uncompressed content, 64 hexadecimal digits in lower case.
  var digest: String

  /// Whether `content` is what is wanted; throws ``DatasetError/wrongDigest`` otherwise.
  func check(_ content: [UInt8]) throws(DatasetError) {
    let found = contentDigest(content)
    guard found == digest else {
      throw .wrongDigest(file: file.fileName, expected: digest, found: found)
    }
  }
}
