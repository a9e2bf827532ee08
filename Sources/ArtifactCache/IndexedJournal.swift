/// How far the index knows a journal, and what its rows add up to.
///
///     state = id:u64 size:u64 end:u64 rows:u64 sum:u64 nameDigest:u64 check:u64
///
/// `check` is the first word of the SHA-256 of what is before it.
struct IndexedJournal: Equatable {
  let id: Int64
  /// Bytes that the file had when it was last read.
  var size = 0
  /// Where the last whole frame ended.
  var end = 0
  /// Number of rows that came from the journal.
  var rows = 0
  /// Sum of those rows' checks, modulo 2⁶⁴.
  var sum: UInt64 = 0

  init(id: Int64) {
    self.id = id
  }

  mutating func add(_ row: IndexRow.Mark) {
    rows += 1
    sum &+= row.sum
  }

  func encoded(name: String) -> [UInt8] {
    var writer = ByteWriter(reserving: 56)
    writer.append(id)
    writer.append(UInt64(size))
    writer.append(UInt64(end))
    writer.append(UInt64(rows))
    writer.append(sum)
    writer.append(Digest.of(name).words.0)
    writer.append(Digest.of(writer.bytes).words.0)
    return writer.bytes
  }

  /// The state that these bytes hold for the journal `name`; throws for damaged ones.
  init(decoding bytes: [UInt8], id: Int64, name: String) throws(IndexFailure) {
    self.id = id
    var reader = ByteReader(bytes)
    do throws(MalformedBytes) {
      _ = try reader.integer(Int64.self)
      size = try reader.size()
      end = try reader.size()
      rows = try reader.size()
      sum = try reader.integer(UInt64.self)
    } catch {
      throw .damaged("journal \(name): \(error.reason)")
    }
    if bytes != encoded(name: name) { throw .damaged("journal \(name): its row is damaged") }
  }
}
