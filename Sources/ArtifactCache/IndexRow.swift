/// What a row of the index holds, protected by a digest of its own.
///
///     entry = summary journal:u64 offset:u64 length:u64 check:16 bytes
///
/// `check` is the first half of the SHA-256 of everything before it. A summary begins with its key, so
/// entries are in the order of keys.
enum IndexRow {
  private static let placeSize = 24
  private static let checkSize = 16

  /// What every row can say without being decoded.
  struct Mark {
    let key: Digest
    let journal: Int64
    /// Stands for the whole row in its journal's sum.
    let sum: UInt64
  }

  static func encode(_ entry: IndexEntry, journal: Int64) -> [UInt8] {
    var writer = ByteWriter(reserving: 512)
    entry.summary.write(to: &writer)
    writer.append(journal)
    writer.append(UInt64(entry.offset))
    writer.append(UInt64(entry.length))
    let check = Digest.of(writer.bytes).words
    writer.append(check.0.byteSwapped)
    writer.append(check.1.byteSwapped)
    return writer.bytes
  }

  /// The mark of a row, or nil when it is damaged.
  static func verify(_ bytes: UnsafeRawBufferPointer) -> Mark? {
    let end = bytes.count - checkSize
    guard end >= Digest.byteCount + placeSize, let key = Digest(raw: bytes) else { return nil }
    var hasher = Digest.Hasher()
    hasher.update(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
    let found = hasher.finalize().words
    func word(_ offset: Int) -> UInt64 {
      bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    guard UInt64(bigEndian: word(end)) == found.0, UInt64(bigEndian: word(end + 8)) == found.1
    else { return nil }
    return Mark(
      key: key, journal: Int64(littleEndian: Int64(bitPattern: word(end - placeSize))), sum: found.0
    )
  }

  /// The entry of a verified row.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, journal: String
  ) throws(MalformedBytes) -> IndexEntry {
    var reader = ByteReader(Array(bytes))
    let summary = try RecordSummary(from: &reader)
    _ = try reader.integer(Int64.self)
    let offset = try reader.size()
    let length = try reader.size()
    return IndexEntry(journal: journal, offset: offset, length: length, summary: summary)
  }
}
