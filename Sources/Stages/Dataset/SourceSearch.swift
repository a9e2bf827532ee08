import Foundation
import StageInterface

/// A source and the text that named it.
struct NamedSource: Sendable {
  var name: String
  var source: any DatasetSource
}

/// Asks the store, then each source in turn, for one file after the other.
///
/// A source that failed once is not asked again: the next file would fail for the same reason.
struct SourceSearch {
  private var sources: [NamedSource]
  private var failures: [DatasetError.SourceFailure] = []
  private let place: Workplace

  init(sources: [NamedSource], place: Workplace) {
    self.sources = sources
    self.place = place
  }

  /// The content that `wanted` describes, checked.
  mutating func content(of wanted: WantedFile) async throws -> [UInt8] {
    if let stored = try place.context.storedContent(sha256: wanted.digest) { return stored }
    while var current = sources.first {
      try Task.checkCancellation()
      do {
        let content = try await current.source.content(of: wanted, at: place)
        sources[0] = current
        try wanted.check(content)
        place.context.log("\(wanted.file.fileName): \(content.count) bytes from \(current.name)")
        return content
      } catch let error as CancellationError {
        throw error
      } catch {
        let reason = String(describing: error)
        place.context.log("source \(current.name) failed: \(reason)")
        failures.append(DatasetError.SourceFailure(source: current.name, reason: reason))
        sources.removeFirst()
      }
    }
    throw DatasetError.allSourcesFailed(failures)
  }
}
