/// What a record knows of an object: the digest of its content and that of the file that stores it.
///
/// The content decides identity. The stored bytes are what use verifies first, since they are fewer;
/// another zlib may have stored the same content in other bytes.
package struct ObjectReference: Sendable, Hashable {
  /// Digest of the content; also the object's name.
  package let digest: Digest
  /// Bytes of content.
  package let size: Int
  /// Digest of the stored file.
  package let storedDigest: Digest
  /// Bytes of the stored file.
  package let storedSize: Int

  package init(digest: Digest, size: Int, storedDigest: Digest, storedSize: Int) {
    self.digest = digest
    self.size = size
    self.storedDigest = storedDigest
    self.storedSize = storedSize
  }
}

extension ObjectReference {
  static let encodedSize = 2 * Digest.byteCount + 16

  init(from reader: inout ByteReader) throws(MalformedBytes) {
    digest = try reader.digest()
    size = try reader.size()
    storedDigest = try reader.digest()
    storedSize = try reader.size()
  }

  func write(to writer: inout ByteWriter) {
    writer.append(digest)
    writer.append(UInt64(size))
    writer.append(storedDigest)
    writer.append(UInt64(storedSize))
  }
}
