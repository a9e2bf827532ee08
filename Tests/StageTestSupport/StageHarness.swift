package import StageInterface
import Synchronization

/// Stands in for the engine: runs a stage on inputs in memory and keeps what it writes.
package final class StageHarness: StageServices {
  private struct State {
    var outputs: [String: [UInt8]] = [:]
    var lines: [String] = []
    var progress: [(completed: Int, total: Int, unit: String)] = []
    var shared: [String: any Sendable] = [:]
    var sharedCount = 0
  }

  private let stored: [String: [UInt8]]
  private let state = Mutex(State())

  /// A harness whose store has `stored`: content by SHA-256.
  package init(stored: [String: [UInt8]] = [:]) {
    self.stored = stored
  }

  /// What was written, by output name (`name/path` for a file of a folder).
  package var outputs: [String: [UInt8]] { state.withLock(\.outputs) }
  package var log: [String] { state.withLock(\.lines) }
  package var progress: [(completed: Int, total: Int, unit: String)] {
    state.withLock(\.progress)
  }
  /// How many shared values were made.
  package var sharedCount: Int { state.withLock(\.sharedCount) }

  /// The context of a branch of `kind` with `parameters`, completed by the declared defaults.
  package func context<Kind: Stage>(
    _ kind: Kind.Type, parameters: ParameterValue = .object([:]),
    inputs: [String: [String: [UInt8]]] = [:], workFolder: String = "/nonexistent", cores: Int = 1
  ) -> StageContext {
    StageContext(
      branch: kind.declaration.kind, cores: cores,
      parameters: kind.declaration.completing(parameters),
      inputs: inputs.mapValues { artifacts in
        artifacts.mapValues { bytes in
          Artifact(digest: Self.fingerprint(bytes), size: bytes.count) { bytes }
        }
      },
      collectedInputs: [:], workFolder: workFolder, services: self)
  }

  package func write(output: String, path: String?, bytes: [UInt8]) {
    let name = path.map { "\(output)/\($0)" } ?? output
    state.withLock { $0.outputs[name] = bytes }
  }

  package func storedContent(sha256: String) -> [UInt8]? { stored[sha256] }

  package func progress(completed: Int, total: Int, unit: String) {
    state.withLock { $0.progress.append((completed, total, unit)) }
  }

  package func log(_ line: String) {
    state.withLock { $0.lines.append(line) }
  }

  package func shared(
    _ name: String, _ make: @escaping @Sendable () async throws -> any Sendable
  ) async throws -> any Sendable {
    if let value = state.withLock({ $0.shared[name] }) { return value }
    let value = try await make()
    state.withLock {
      $0.shared[name] = value
      $0.sharedCount += 1
    }
    return value
  }

  /// A stand-in for a digest: FNV-1a, 64 hexadecimal digits wide.
  private static func fingerprint(_ bytes: [UInt8]) -> String {
    let value = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 64 - digits.count) + digits
  }
}
