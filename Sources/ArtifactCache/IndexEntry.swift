/// A record and the place of its frame: what the index has a row of.
struct IndexEntry: Sendable, Hashable {
  /// Name of the file in `records/`.
  let journal: String
  let offset: Int
  let length: Int
  let summary: RecordSummary

  /// Where the frame ends.
  var end: Int { offset + length }

  /// The order in which records of one key count: the earliest first, whatever order they were found in.
  static func precedes(_ left: IndexEntry, _ right: IndexEntry) -> Bool {
    let (a, b) = (left.summary.finished, right.summary.finished)
    if a != b { return a < b }
    return (left.journal, left.offset) < (right.journal, right.offset)
  }
}
