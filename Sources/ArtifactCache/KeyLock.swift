import Synchronization

/// The right to make the record of one key.
///
/// Held until ``release()``, and at the latest until nothing refers to it; Swift may let go of a value
/// that is no longer used before its scope ends, so do call ``release()``.
package final class KeyLock: Sendable {
  private let locks: RangeLocks
  private let position: Int
  private let isReleased = Atomic(false)

  init(_ locks: RangeLocks, _ position: Int) {
    self.locks = locks
    self.position = position
  }

  deinit {
    release()
  }

  /// Gives the lock back; calling it again does nothing.
  package func release() {
    if !isReleased.exchange(true, ordering: .relaxed) { locks.release(position) }
  }
}
