/// The shared store: objects by digest, records by key.
///
/// Whatever it gives out has been verified. Any number of processes may use one store at once; reading
/// never waits for them. Several projects can share one; what belongs to one is in ``ProjectState``.
package final class Cache: Sendable {
  package let objects: ContentStore
  let layout: StoreLayout
  let files: any FileOperations
  let book: RecordBook
  let locks: CacheLocks?
  let isReadOnly: Bool
  let onNotice: @Sendable (CacheNotice) -> Void
  private let synchronizer: Synchronizer
  /// A reader's lock against those who want the store to themselves; nil without one.
  private let use: RangeLocks?

  /// Opens the store in a folder, and makes it where it is missing unless `readOnly`.
  ///
  /// Read-only opening writes nothing at all, works on a read-only folder and while others run or
  /// collect garbage; a store that is not there looks empty. With `keepingAll` it keeps others from
  /// collecting garbage as long as the store is open, and waits for those who are at it, as opening for
  /// writing does. `onNotice` may be called from any thread.
  package static func open(
    at folder: String, readOnly: Bool = false, keepingAll: Bool = false,
    files: any FileOperations = SystemFiles(),
    onNotice: @escaping @Sendable (CacheNotice) -> Void
  ) throws(CacheError) -> Cache {
    let layout = StoreLayout(root: folder)
    try StoreFormat.check(layout, names: StoreLayout.names, files, mayCreate: !readOnly)
    let locks = readOnly ? nil : try CacheLocks(layout: layout, files: files)
    let use = readOnly && keepingAll ? try CacheLocks.forReading(layout, files) : nil
    let cache = try Cache(layout, files, locks, use, isReadOnly: readOnly, onNotice: onNotice)
    if !readOnly { try cache.objects.removeAbandonedFiles(now: Clock.now) }
    return cache
  }

  private init(
    _ layout: StoreLayout, _ files: any FileOperations, _ locks: CacheLocks?, _ use: RangeLocks?,
    isReadOnly: Bool, onNotice: @escaping @Sendable (CacheNotice) -> Void
  ) throws(CacheError) {
    self.layout = layout
    self.files = files
    self.locks = locks
    self.use = use
    self.isReadOnly = isReadOnly
    self.onNotice = onNotice
    objects = ContentStore(
      layout: layout, files: files, isReadOnly: isReadOnly, onNotice: onNotice)
    synchronizer = Synchronizer(folder: layout.root, files: files)
    book = try RecordBook(
      journals: RecordJournals(layout: layout, files: files), locks: locks, isReadOnly: isReadOnly,
      onNotice: onNotice)
  }

  /// The folder of the store.
  package var folder: String { layout.root }

  /// Records that a branch is finished.
  ///
  /// Its objects must be stored already. Once this returns, no kill can undo it; within about a second,
  /// or after ``flush()``, no power cut either. Another record of the key with other outputs is told
  /// as ``CacheNotice/notReproducible(key:branch:kept:other:)``; none is looked for when the record
  /// `isFirst`: who holds the key's lock, and has found no record since, knows that there is none.
  package func commit(_ record: Record, isFirst: Bool = false) throws(CacheError) {
    let others = try book.append(record, isFirst: isFirst)
    synchronizer.noteWrite()
    let differing = others.map(\.summary).filter { !$0.hasSameOutputs(as: record.summary) }
    guard let other = differing.first else { return }
    let isFirst = record.summary.finished < other.finished
    onNotice(
      .notReproducible(
        key: record.key, branch: record.branch, kept: isFirst ? record.run : other.run,
        other: isFirst ? other.run : record.run))
  }

  /// Returns when everything that was stored and committed is on disk.
  package func flush() throws(CacheError) {
    if isReadOnly { return }
    try book.indexPending()
    try synchronizer.flush()
  }
}

// MARK: - Locks

extension Cache {
  /// The lock of a key, or nil while another run, or another task of this one, has it.
  package func tryLock(_ key: Digest) throws(CacheError) -> KeyLock? {
    guard let locks else { throw .readOnly(path: layout.root) }
    return try locks.tryLock(key)
  }

  /// The lock of a key, as soon as nobody else has it; no thread waits meanwhile.
  ///
  /// Look the key up again when you have it: the other run may have made the record. Throws
  /// ``CacheError/cancelled`` when the task is, or when `isWanted` says so.
  package func lock(
    _ key: Digest, while isWanted: @Sendable () -> Bool = { true }
  ) async throws(CacheError) -> KeyLock {
    var pause = Duration.milliseconds(5)
    while true {
      guard isWanted() else { throw .cancelled }
      if let lock = try tryLock(key) { return lock }
      do {
        try await Task.sleep(for: pause)
      } catch {
        throw .cancelled
      }
      pause = min(pause * 2, .milliseconds(100))
    }
  }
}
