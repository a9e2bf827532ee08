import Synchronization

/// The records of a store by key: journals that are the truth, and an index that is not.
///
/// A record counts as soon as its frame is in a journal. If the index cannot be used, lookups read the
/// journals instead; if it is found damaged, it is set aside and made anew. Safe from any thread.
final class RecordBook: Sendable {
  struct State {
    /// Nil while going without.
    var index: CacheIndex?
    /// Why this process goes without; nil where there simply is no index yet.
    var failure: IndexFailure?
    /// What the journals have and the index has not.
    var overlay = RecordOverlay()
    /// Records of this process that are in their journals and not yet in the index.
    var pending: [IndexEntry] = []
    /// Whether the rows of the index have been found complete, so that a miss can be believed.
    var isAudited = false
    /// An index that is damaged as soon as it is made is not made again and again.
    var isMakingAnew = false
    var writers: [String: (name: String, writer: JournalWriter)] = [:]
    /// Told when the state is no longer locked.
    var notices: [CacheNotice] = []
  }

  let journals: RecordJournals
  let locks: CacheLocks?
  let isReadOnly: Bool
  private let onNotice: @Sendable (CacheNotice) -> Void
  private let state = Mutex(State())

  var layout: StoreLayout { journals.layout }
  var files: any FileOperations { journals.files }

  init(
    journals: RecordJournals, locks: CacheLocks?, isReadOnly: Bool,
    onNotice: @escaping @Sendable (CacheNotice) -> Void
  ) throws(CacheError) {
    self.journals = journals
    self.locks = locks
    self.isReadOnly = isReadOnly
    self.onNotice = onNotice
    try locked { state throws(CacheError) in try openIndex(&state) }
  }

  deinit {
    try? indexPending()
    state.withLock { $0.index?.close() }
  }

  /// Runs `body` on the state, then tells the notices that came up.
  func locked<Result: Sendable>(
    _ body: (inout State) throws(CacheError) -> Result
  ) throws(CacheError) -> Result {
    var notices: [CacheNotice] = []
    var outcome: Swift.Result<Result, CacheError>?
    state.withLock { state in
      do throws(CacheError) {
        outcome = .success(try body(&state))
      } catch {
        outcome = .failure(error)
      }
      notices = state.notices
      state.notices = []
    }
    for notice in notices { onNotice(notice) }
    guard let outcome else { throw .index("no outcome") }
    return try outcome.get()
  }
}

// MARK: - Index

extension RecordBook {
  /// Opens the index and makes it know what the journals know, or goes without it.
  func openIndex(_ state: inout State) throws(CacheError) {
    let isNew = try files.status(at: layout.index) == nil
    if isNew, isReadOnly { return try goWithoutIndex(&state, because: nil) }
    let indexed: [String: IndexedJournal]
    do throws(IndexFailure) {
      let index = try openedIndex()
      state.index = index
      indexed = isReadOnly ? try index.journals() : [:]
    } catch {
      let isObstructed = try isObstructed()
      let failure = isObstructed ? .damaged("what is in its place is no file") : error
      return try cope(with: failure, &state)
    }
    if isReadOnly {
      try readBeside(indexed, &state)
    } else {
      try catchUp(&state, reason: isNew ? "it was missing" : nil)
      try endGoingWithout(&state)
    }
  }

  /// Reads what the index lacks, which a reader cannot mend; without it, if it has what is no longer recorded.
  private func readBeside(
    _ indexed: [String: IndexedJournal], _ state: inout State
  ) throws(CacheError) {
    let sizes = try journals.sizes()
    if let lost = indexed.first(where: { sizes[$0.key] ?? 0 < $0.value.size }) {
      let fate = sizes[lost.key] == nil ? "missing" : "shorter than it was"
      return try cope(with: .damaged("\(lost.key) is \(fate)"), &state)
    }
    state.overlay = RecordOverlay(after: indexed)
    state.notices += try state.overlay.refresh(from: journals, of: sizes)
  }

  /// Whether something that SQLite cannot open, such as a folder, has the name of one of its files.
  private func isObstructed() throws(CacheError) -> Bool {
    for suffix in CacheIndex.suffixes {
      if try files.status(at: layout.index + suffix)?.isRegular == false { return true }
    }
    return false
  }

  private func openedIndex() throws(IndexFailure) -> CacheIndex {
    guard let locks else { return try CacheIndex(path: layout.index, isReadOnly: isReadOnly) }
    return try locks.openingIndex { () throws(IndexFailure) in
      try CacheIndex(path: layout.index, isReadOnly: isReadOnly)
    }
  }

  /// Indexes what the journals have more than the index; a `reason` makes it a rebuild.
  func catchUp(_ state: inout State, reason: String?, setAside: String? = nil)
    throws(CacheError)
  {
    guard let index = state.index else { return }
    var added = 0
    var reason = reason
    do {
      // In this order: a journal that grows between the two looks longer, never shorter.
      let known = try index.journals()
      let sizes = try journals.sizes()
      for (name, journal) in known where sizes[name] ?? 0 < journal.size {
        try index.forget(name)
        if sizes[name] != nil { reason = reason ?? "\(name) is shorter than it was" }
      }
      for (name, size) in sizes.sorted(by: { $0.key < $1.key }) {
        let journal = known[name].flatMap { $0.size <= size ? $0 : nil }
        if let journal, journal.size == size { continue }
        let start = journal?.end ?? 0
        let contents = try journals.contents(of: name, from: start)
        try index.add(
          contents.entries, of: name, from: start, to: contents.end, size: contents.size)
        added += contents.entries.count
        state.notices += contents.notices(journal: name)
      }
    } catch let failure as IndexFailure {
      return try cope(with: failure, &state)
    } catch let error as CacheError {
      throw error
    } catch {
      throw CacheError.index("\(error)")
    }
    if let reason, added > 0 || setAside != nil {
      state.notices.append(.indexRebuilt(reason: reason, records: added, setAside: setAside))
    } else if added > 0 {
      state.notices.append(.indexCaughtUp(records: added))
    }
  }

  /// Makes the index anew where it is damaged, or goes without it.
  func cope(with failure: IndexFailure, _ state: inout State) throws(CacheError) {
    state.index?.close()
    state.index = nil
    state.failure = failure
    state.isAudited = false
    switch failure {
    case .unavailable(let reason):
      try goWithoutIndex(&state, because: reason)
    case .damaged(let reason):
      guard let locks, !isReadOnly, !state.isMakingAnew else {
        return try goWithoutIndex(&state, because: reason)
      }
      do throws(CacheError) {
        state.isMakingAnew = true
        defer { state.isMakingAnew = false }
        try locks.exclusively(for: "making the index anew") { () throws(CacheError) in
          try makeIndexAnew(&state, because: reason)
        }
      } catch {
        try goWithoutIndex(&state, because: reason)
      }
    }
  }

  /// Moves the index to quarantine, where nobody uses it, and fills a new one.
  private func makeIndexAnew(_ state: inout State, because reason: String) throws(CacheError) {
    try files.makeFolders(layout.quarantine)
    let place = layout.quarantine + "/" + Quarantine.name(for: "index")
    for suffix in CacheIndex.suffixes where try files.status(at: layout.index + suffix) != nil {
      try files.rename(layout.index + suffix, to: place + suffix)
    }
    do throws(IndexFailure) {
      state.index = try CacheIndex(path: layout.index, isReadOnly: false)
      state.failure = nil
    } catch {
      throw .index("\(error)")
    }
    try catchUp(&state, reason: reason, setAside: place)
  }

  /// What `body` finds in the index; nil when going without.
  ///
  /// Damage found on the way is coped with, and the new index asked.
  func asking<Result>(
    _ state: inout State, _ body: (CacheIndex) throws(IndexFailure) -> Result
  ) throws(CacheError) -> Result? {
    for _ in 0..<2 {
      guard let index = state.index else { return nil }
      do throws(IndexFailure) {
        return try body(index)
      } catch {
        try cope(with: error, &state)
      }
    }
    return nil
  }
}
