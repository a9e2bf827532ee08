/// Records that were read from journals because the index does not have them.
struct RecordOverlay {
  private var entries: [Digest: [IndexEntry]] = [:]
  /// How far each journal has been read.
  private var ends: [String: Int] = [:]

  /// Whether it knows where to go on reading.
  private(set) var hasBegun = false

  /// Begins where an index ends.
  init(after journals: [String: IndexedJournal] = [:]) {
    for (name, journal) in journals { ends[name] = journal.end }
  }

  var all: [IndexEntry] { entries.values.flatMap(\.self) }

  func entries(for key: Digest) -> [IndexEntry] { entries[key] ?? [] }

  mutating func insert(_ entry: IndexEntry) {
    if !entries[entry.summary.key, default: []].contains(entry) {
      entries[entry.summary.key, default: []].append(entry)
    }
  }

  /// Reads what has been appended to the journals since; gives the damaged places.
  mutating func refresh(from journals: RecordJournals) throws(CacheError) -> [CacheNotice] {
    try refresh(from: journals, of: journals.sizes())
  }

  /// The same where the journals' sizes are known.
  mutating func refresh(
    from journals: RecordJournals, of sizes: [String: Int]
  ) throws(CacheError) -> [CacheNotice] {
    var notices: [CacheNotice] = []
    hasBegun = true
    for (name, size) in sizes where size > ends[name] ?? 0 {
      let contents = try journals.contents(of: name, from: ends[name] ?? 0)
      for entry in contents.entries { insert(entry) }
      ends[name] = contents.end
      notices += contents.notices(journal: name)
    }
    return notices
  }
}

extension RecordJournals.Contents {
  /// The damaged places; an unfinished frame at the end may yet be finished by its writer.
  func notices(journal: String) -> [CacheNotice] {
    damaged.map { .damagedFrame(journal: journal, offset: $0.offset, length: $0.length) }
  }
}
