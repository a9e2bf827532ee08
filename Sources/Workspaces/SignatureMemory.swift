package import ArtifactCache
import Synchronization

/// Digests of files by their signatures, so that an unchanged file is not read again.
package final class SignatureMemory: Sendable {
  private struct State: Sendable {
    var known: [FileSignature: Digest]
    var learned: [FileSignature: Digest] = [:]
  }

  private let state: Mutex<State>

  /// A memory that begins with what earlier runs learned.
  package init(_ known: [FileSignature: Digest] = [:]) {
    state = Mutex(State(known: known))
  }

  func digest(for signature: FileSignature) -> Digest? {
    state.withLock { $0.known[signature] }
  }

  /// Remembers a digest that was begun at `time`, unless the signature had not settled by then.
  func learn(_ digest: Digest, for signature: FileSignature, begun time: Int64) {
    guard signature.isSettled(at: time) else { return }
    state.withLock {
      $0.known[signature] = digest
      $0.learned[signature] = digest
    }
  }

  /// What was learned since the last call, to be saved for later runs.
  package func takeLearned() -> [FileSignature: Digest] {
    state.withLock { state in
      defer { state.learned = [:] }
      return state.learned
    }
  }
}
