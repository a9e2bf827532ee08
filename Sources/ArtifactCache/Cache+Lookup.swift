extension Cache {
  /// A question for a record: its key, and since when records count.
  package struct Lookup: Sendable, Hashable {
    package let key: Digest
    /// Time of an invalidation, in seconds since 1970: only records that were started later count.
    package let notBefore: Double?

    package init(_ key: Digest, notBefore: Double? = nil) {
      self.key = key
      self.notBefore = notBefore
    }
  }

  /// The record of a key; nil is a miss.
  ///
  /// The first record counts. Where several with different outputs exist and the first one's outputs
  /// are no longer all in the store, the next one whose outputs are takes its place.
  package func record(for key: Digest, notBefore: Double? = nil) throws(CacheError) -> Record? {
    let entries = try book.entries(for: key)
    guard let entry = chosen(of: entries, for: Lookup(key, notBefore: notBefore)) else {
      return nil
    }
    return try fullRecord(entry)
  }

  /// What the records of many keys say, without their pre-images, in the order of the questions.
  ///
  /// Many at once take one pass over the index: 10,000 answers take about as long as a hundred single
  /// ones. A few are asked for one by one.
  package func summaries(for lookups: [Lookup]) throws(CacheError) -> [RecordSummary?] {
    if lookups.count <= 16 {
      var found: [RecordSummary?] = []
      for lookup in lookups {
        found.append(chosen(of: try book.entries(for: lookup.key), for: lookup)?.summary)
      }
      return found
    }
    let entries = try book.entries(for: Set(lookups.map(\.key)))
    var answers = [RecordSummary?](repeating: nil, count: lookups.count)
    var rest = entries[...]
    for index in lookups.indices.sorted(by: { lookups[$0].key < lookups[$1].key }) {
      let lookup = lookups[index]
      rest = rest.drop { $0.summary.key < lookup.key }
      let found = rest.prefix { $0.summary.key == lookup.key }
      if found.isEmpty { continue }
      answers[index] = chosen(of: found.sorted(by: IndexEntry.precedes), for: lookup)?.summary
    }
    return answers
  }

  /// What was recorded for a branch, by its full name, newest first; only what `isWanted`.
  package func history(
    ofBranch branch: String, limit: Int = .max,
    where isWanted: (RecordSummary) -> Bool = { _ in true }
  ) throws(CacheError) -> [Record] {
    var records: [Record] = []
    let entries = try book.all().filter { $0.summary.branch == branch && isWanted($0.summary) }
    for entry in entries.sorted(by: IndexEntry.precedes).reversed().prefix(limit) {
      records.append(try fullRecord(entry))
    }
    return records
  }

  /// The entry that counts, of entries in the order in which they do.
  private func chosen(of entries: [IndexEntry], for lookup: Lookup) -> IndexEntry? {
    let valid = entries.filter { $0.summary.started >= lookup.notBefore ?? -.infinity }
    guard let first = valid.first else { return nil }
    if valid.allSatisfy({ $0.summary.hasSameOutputs(as: first.summary) }) { return first }
    return valid.first { isWhole($0.summary) } ?? first
  }

  /// Whether every output of a record is present, as ``ContentStore/isPresent(_:)`` sees it.
  package func isWhole(_ summary: RecordSummary) -> Bool {
    summary.outputs.allSatisfy { $0.objects.allSatisfy(objects.isPresent) }
  }

  /// The record with its pre-image; without it where its frame has been damaged since it was indexed.
  private func fullRecord(_ entry: IndexEntry) throws(CacheError) -> Record {
    if let record = try book.journals.record(of: entry) { return record }
    onNotice(
      .damagedFrame(journal: entry.journal, offset: entry.offset, length: entry.length))
    return Record(summary: entry.summary, preimage: [])
  }
}
