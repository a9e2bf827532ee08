/// Rows of the index are written many at a time: one transaction for each record takes as long as all
/// other work of a commit.
///
/// Nobody can miss the rows that wait. This process looks among them too. One that opens the store later
/// reads the journals on from where the index ends, and they have the frames. While another process has
/// the store open already, every record is indexed at once.
extension RecordBook {
  /// Rows that may wait.
  private static let limit = 64

  /// Sees to it that an entry whose frame is written gets into the index, now or later.
  func index(_ entry: IndexEntry, _ state: inout State) throws(CacheError) {
    guard state.index != nil else { return state.overlay.insert(entry) }
    state.pending.append(entry)
    // In this order: whoever takes the shared lock after the look finds the frame in the journal.
    let isShared = try locks?.isShared() ?? true
    if isShared || state.pending.count >= Self.limit { try indexPending(&state) }
  }

  /// Indexes what waits.
  func indexPending() throws(CacheError) {
    try locked { state throws(CacheError) in try indexPending(&state) }
  }

  func indexPending(_ state: inout State) throws(CacheError) {
    if state.pending.isEmpty { return }
    for (journal, entries) in Dictionary(grouping: state.pending, by: \.journal) {
      // A journal's entries follow each other in it: this process alone appends.
      let end = entries[entries.count - 1].end
      let isIndexed: Void? = try asking(&state) { index throws(IndexFailure) in
        try index.add(entries, of: journal, from: entries[0].offset, to: end, size: end)
      }
      if isIndexed == nil { for entry in entries { state.overlay.insert(entry) } }
    }
    state.pending = []
  }

  /// The records of a key that the index may lack.
  func unindexed(_ key: Digest, _ state: State) -> [IndexEntry] {
    state.overlay.entries(for: key) + state.pending.filter { $0.summary.key == key }
  }
}
