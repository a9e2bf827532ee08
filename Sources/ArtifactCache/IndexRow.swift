/// What a row of the index holds, protected by a digest of its own.
///
///     entry = journal:u64 offset:u64 length:u64 check:16 bytes summary
///
/// `check` is the first half of the SHA-256 of the 24 bytes before it and the summary.
enum IndexRow {
  private static let headerSize = 24
  private static let checkSize = 16

  static func encode(_ entry: IndexEntry, journal: Int64) -> [UInt8] {
    var header = ByteWriter(reserving: 512)
    header.append(journal)
    header.append(UInt64(entry.offset))
    header.append(UInt64(entry.length))
    var summary = ByteWriter(reserving: 512)
    entry.summary.write(to: &summary)
    return header.bytes + check(header.bytes, summary.bytes) + summary.bytes
  }

  /// The key of a row, and a number that stands for all of it; nil when the row is damaged.
  static func verify(_ bytes: UnsafeRawBufferPointer) -> (key: Digest, sum: UInt64)? {
    let start = headerSize + checkSize
    guard bytes.count >= start + Digest.byteCount else { return nil }
    var hasher = Digest.Hasher()
    hasher.update(UnsafeRawBufferPointer(rebasing: bytes[..<headerSize]))
    hasher.update(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    let found = hasher.finalize()
    let sum = bytes.loadUnaligned(fromByteOffset: headerSize, as: UInt64.self)
    let more = bytes.loadUnaligned(fromByteOffset: headerSize + 8, as: UInt64.self)
    guard UInt64(bigEndian: sum) == found.words.0, UInt64(bigEndian: more) == found.words.1 else {
      return nil
    }
    guard let key = Digest(raw: UnsafeRawBufferPointer(rebasing: bytes[start...])) else {
      return nil
    }
    return (key, found.words.0)
  }

  /// The number of the journal in a verified row.
  static func journal(_ bytes: UnsafeRawBufferPointer) -> Int64 {
    Int64(littleEndian: bytes.loadUnaligned(as: Int64.self))
  }

  /// The entry of a verified row.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, journal: String
  ) throws(MalformedBytes) -> IndexEntry {
    var reader = ByteReader(Array(bytes))
    _ = try reader.integer(Int64.self)
    let offset = try reader.size()
    let length = try reader.size()
    _ = try reader.take(checkSize)
    let summary = try RecordSummary(from: &reader)
    return IndexEntry(journal: journal, offset: offset, length: length, summary: summary)
  }

  private static func check(_ header: [UInt8], _ summary: [UInt8]) -> [UInt8] {
    var hasher = Digest.Hasher()
    hasher.update(header)
    hasher.update(summary)
    return Array(hasher.finalize().bytes.prefix(checkSize))
  }
}
