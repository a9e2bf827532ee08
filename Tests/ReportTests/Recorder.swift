import Foundation
import StageInterface
import Synchronization

/// Stands in for the engine: keeps what a stage writes.
final class Recorder: StageServices, Sendable {
  private let stored = Mutex<[String: [UInt8]]>([:])

  /// Bytes by `output/path`.
  var files: [String: [UInt8]] { stored.withLock { $0 } }

  func write(output: String, path: String?, bytes: [UInt8]) throws {
    stored.withLock { $0[path.map { output + "/" + $0 } ?? output] = bytes }
  }

  func storedContent(sha256: String) throws -> [UInt8]? { nil }
  func progress(completed: Int, total: Int, unit: String) {}
  func log(_ line: String) {}

  func shared(
    _ name: String, _ make: @escaping @Sendable () async throws -> any Sendable
  ) async throws -> any Sendable {
    try await make()
  }
}
