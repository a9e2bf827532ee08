/// Builds the bytes of a stored value: little-endian integers, length-prefixed texts.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init(reserving capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ value: Double) {
    append(value.bitPattern)
  }

  mutating func append(_ digest: Digest) {
    append(digest.words.0.byteSwapped)
    append(digest.words.1.byteSwapped)
    append(digest.words.2.byteSwapped)
    append(digest.words.3.byteSwapped)
  }

  mutating func append(raw more: some Sequence<UInt8>) {
    bytes.append(contentsOf: more)
  }

  /// Four bytes of length, then the bytes.
  mutating func append(counted more: some Collection<UInt8>) {
    append(UInt32(more.count))
    bytes.append(contentsOf: more)
  }

  mutating func append(_ text: String) {
    append(counted: text.utf8)
  }
}
