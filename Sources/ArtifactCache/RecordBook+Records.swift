extension RecordBook {
  /// Appends a record to its run's journal; gives the other records of its key, if it is not the first.
  func append(_ record: Record, isFirst: Bool) throws(CacheError) -> [IndexEntry] {
    if isReadOnly { throw .readOnly(path: layout.records) }
    guard RecordJournals.isAcceptable(run: record.run) else {
      throw .invalid("a run cannot be called “\(record.run)”")
    }
    let frame = Frame.encode(.record, record.encoded)
    return try locked { state throws(CacheError) in
      let (name, writer) = try writer(for: record.run, &state)
      let place = try writer.append(frame)
      let entry = IndexEntry(
        journal: name, offset: place.offset, length: place.length, summary: record.summary)
      try index(entry, &state)
      if isFirst { return [] }
      let others = try asking(&state) { index throws(IndexFailure) in
        try index.entries(for: [record.key])
      }
      return merged(others ?? [], unindexed(record.key, state)).filter { $0 != entry }
    }
  }

  private func writer(
    for run: String, _ state: inout State
  ) throws(CacheError) -> (name: String, writer: JournalWriter) {
    if let present = state.writers[run], present.writer.isUsable { return present }
    let new = try journals.begin(run: run)
    state.writers[run] = new
    return new
  }

  /// The records of one key, the one that counts first.
  func entries(for key: Digest) throws(CacheError) -> [IndexEntry] {
    try entries(for: [key]).sorted(by: IndexEntry.precedes)
  }

  /// The records of many keys, in the order of keys and in no order for one key.
  func entries(for keys: Set<Digest>) throws(CacheError) -> [IndexEntry] {
    try locked { state throws(CacheError) in
      if keys.count > 1 { try indexPending(&state) }
      try readUnindexed(&state)
      guard try isWorthAsking(for: keys, &state) else {
        return try all(&state) { keys.contains($0) }
      }
      let found = try asking(&state) { index throws(IndexFailure) in
        try index.entries(for: keys.sorted())
      }
      if let found, try isComplete(found, for: keys, &state) {
        return merged(found, keys.flatMap { unindexed($0, state) })
      }
      return try all(&state) { keys.contains($0) }
    }
  }

  /// Every record there is, in the order of keys and in no order for one key.
  func all() throws(CacheError) -> [IndexEntry] {
    try locked { state throws(CacheError) in try all(&state) { _ in true } }
  }

  /// Whether single questions are faster than reading all rows, which takes about 2 µs for each.
  private func isWorthAsking(for keys: Set<Digest>, _ state: inout State) throws(CacheError) -> Bool
  {
    if keys.count <= 1 { return state.index != nil }
    let rows = try asking(&state) { index throws(IndexFailure) in try index.rowCount() }
    return keys.count * 10 < rows ?? 0
  }

  /// Whether no key is without a record, or the store so large that a reader does not doubt it.
  private func isComplete(
    _ found: [IndexEntry], for keys: Set<Digest>, _ state: inout State
  ) throws(CacheError) -> Bool {
    if state.isAudited || Set(found.map(\.summary.key)).count == keys.count { return true }
    guard isReadOnly else { return false }
    let rows = try asking(&state) { index throws(IndexFailure) in try index.rowCount() }
    return rows ?? 0 > 100_000
  }

  private func all(
    _ state: inout State, where isWanted: @Sendable (Digest) -> Bool
  ) throws(CacheError) -> [IndexEntry] {
    try indexPending(&state)
    let indexed = try asking(&state) { index throws(IndexFailure) in try index.scan(where: isWanted)
    }
    state.isAudited = state.index != nil
    try readUnindexed(&state)
    return merged(indexed ?? [], state.overlay.all.filter { isWanted($0.summary.key) })
  }

  private func merged(_ indexed: [IndexEntry], _ more: [IndexEntry]) -> [IndexEntry] {
    if more.isEmpty { return indexed }
    return Set(indexed).union(more).sorted { $0.summary.key < $1.summary.key }
  }
}
