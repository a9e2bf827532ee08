import Dataset
import Foundation
import StageInterface
import StageTestSupport
import TestSupport

/// A small dataset on disk, its digests, and a work folder to fetch it into.
struct DatasetFixture {
  static let names = [
    "trainImages": "train-images-idx3-ubyte", "trainLabels": "train-labels-idx1-ubyte",
    "testImages": "t10k-images-idx3-ubyte", "testLabels": "t10k-labels-idx1-ubyte",
  ]
  let files = SmallDataset().files
  /// Holds the uncompressed files.
  let folder: String
  let workFolder: String

  static func run(_ body: (DatasetFixture) async throws -> Void) async throws {
    try await withTemporaryFolder { path in
      let fixture = DatasetFixture(folder: path + "/origin", workFolder: path + "/work")
      try FileManager.default.createDirectory(
        atPath: fixture.folder, withIntermediateDirectories: true)
      for (name, bytes) in fixture.files {
        let file = fixture.folder + "/" + (names[name] ?? name)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
      }
      try await body(fixture)
    }
  }

  var digests: ParameterValue { .object(files.mapValues { .string(contentDigest($0)) }) }

  /// Limits that let faults show quickly.
  static var limits: TransferLimits {
    var limits = TransferLimits()
    limits.stallSeconds = 1
    limits.fileSize = 1 << 20
    return limits
  }

  /// Runs the stage over `sources`; what it wrote and logged is in the harness.
  @discardableResult
  func fetch(
    _ sources: [String], digests: ParameterValue? = nil, harness: StageHarness = StageHarness(),
    environment: [String: String] = [:]
  ) async throws -> StageHarness {
    let parameters: [String: ParameterValue] = [
      "sources": .list(sources.map(ParameterValue.string)), "digests": digests ?? self.digests,
    ]
    let context = harness.context(
      DatasetStage.self, parameters: .object(parameters), workFolder: workFolder)
    try await DatasetStage(limits: Self.limits, environment: environment).run(context)
    return harness
  }

  /// The failures of a run in which every source fails.
  func failures(_ sources: [String]) async throws -> [DatasetError.SourceFailure] {
    do {
      try await fetch(sources)
      return []
    } catch DatasetError.allSourcesFailed(let failures) {
      return failures
    }
  }

  /// Whether unfinished downloads lie in the work folder.
  var partialFiles: [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: workFolder)
    return (names ?? []).filter { $0.hasSuffix(".part") }.sorted()
  }
}
