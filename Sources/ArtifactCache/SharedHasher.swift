import Synchronization

/// A streaming digest that another thread may feed while the owner waits for it.
final class SharedHasher: Sendable {
  private let hasher = Mutex(Digest.Hasher())

  func update(_ bytes: some Collection<UInt8>) {
    hasher.withLock { $0.update(bytes) }
  }

  func finalize() -> Digest {
    hasher.withLock { $0.finalize() }
  }
}
