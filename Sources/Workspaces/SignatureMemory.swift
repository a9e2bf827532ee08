package import ArtifactCache
import Synchronization

/// Digests of files by their signatures, so that an unchanged file is not read again.
///
/// One digest for each inode: what a file used to be is forgotten when it is read anew.
package final class SignatureMemory: Sendable {
  private struct Inode: Sendable, Hashable {
    let device: UInt64
    let number: UInt64

    init(_ signature: FileSignature) {
      device = signature.device
      number = signature.inode
    }
  }

  private struct Entry: Sendable {
    let signature: FileSignature
    let digest: Digest
    var isUsed = false
  }

  private struct State: Sendable {
    var entries: [Inode: Entry] = [:]
    var hasLearned = false
  }

  private let state: Mutex<State>

  /// A memory that begins with what earlier runs learned.
  package init(_ known: [FileSignature: Digest] = [:]) {
    var state = State()
    state.entries.reserveCapacity(known.count)
    for (signature, digest) in known {
      state.entries[Inode(signature)] = Entry(signature: signature, digest: digest)
    }
    self.state = Mutex(state)
  }

  func digest(for signature: FileSignature) -> Digest? {
    state.withLock { state in
      let inode = Inode(signature)
      guard let entry = state.entries[inode], entry.signature == signature else { return nil }
      if !entry.isUsed { state.entries[inode]?.isUsed = true }
      return entry.digest
    }
  }

  /// Remembers a digest that was begun at `time`, unless the signature had not settled by then.
  func learn(_ digest: Digest, for signature: FileSignature, begun time: Int64) {
    guard signature.isSettled(at: time) else { return }
    state.withLock { state in
      state.entries[Inode(signature)] = Entry(
        signature: signature, digest: digest, isUsed: true)
      state.hasLearned = true
    }
  }

  /// Whether anything was learned that is worth saving.
  package var hasLearned: Bool { state.withLock { $0.hasLearned } }

  /// What later runs should begin with.
  ///
  /// - Parameter onlyUsed: Whether to leave out what was not asked for; right after the whole pipeline
  ///   was looked at, wrong after a part of it.
  /// - Returns: Digests by signature.
  package func digests(onlyUsed: Bool) -> [FileSignature: Digest] {
    state.withLock { state in
      var digests: [FileSignature: Digest] = [:]
      digests.reserveCapacity(state.entries.count)
      for entry in state.entries.values where entry.isUsed || !onlyUsed {
        digests[entry.signature] = entry.digest
      }
      return digests
    }
  }
}
