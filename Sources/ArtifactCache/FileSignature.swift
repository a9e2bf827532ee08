/// What a file system says of a file that changes when its content does.
///
/// A digest may be remembered under it if it was begun more than 50 ms after `changed` (git's racy
/// rule); whoever makes the digest sees to that.
package struct FileSignature: Sendable, Hashable {
  package let device: UInt64
  package let inode: UInt64
  package let size: Int64
  /// Modification of the content, in nanoseconds since 1970.
  package let modified: Int64
  /// Change of content or attributes, in nanoseconds since 1970.
  package let changed: Int64

  package init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }
}

extension FileSignature {
  static let encodedSize = 40

  init(from reader: inout ByteReader) throws(MalformedBytes) {
    device = try reader.integer(UInt64.self)
    inode = try reader.integer(UInt64.self)
    size = try reader.integer(Int64.self)
    modified = try reader.integer(Int64.self)
    changed = try reader.integer(Int64.self)
  }

  func write(to writer: inout ByteWriter) {
    writer.append(device)
    writer.append(inode)
    writer.append(size)
    writer.append(modified)
    writer.append(changed)
  }
}
