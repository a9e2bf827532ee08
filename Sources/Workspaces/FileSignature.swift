/// What a file system says of a file's content without reading it.
///
/// Two files with equal signatures at different times are one file that nobody has written to, provided
/// that the signature had settled: see ``isSettled(at:)``. Times are nanoseconds since 1970.
package struct FileSignature: Sendable, Hashable {
  package let device: UInt64
  package let inode: UInt64
  package let size: Int64
  package let modified: Int64
  /// When content or attributes last changed; unlike `modified` no program can set it.
  package let changed: Int64

  package init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }

  /// Whether a digest begun at `time` may be remembered under this signature.
  ///
  /// File systems stamp with a coarse clock, so a write just after the digest could carry the same time;
  /// git calls such an entry racy. 50 ms is more than any clock tick in use.
  func isSettled(at time: Int64) -> Bool {
    changed < time - 50_000_000
  }
}
