extension Cache {
  /// Reads everything in the store and says what is not as it should be.
  ///
  /// Every object's stored bytes and content are digested, every record's objects looked for, the index
  /// compared with the journals. With `repair` each finding's remedy is applied, for which nobody else
  /// may have the store open (``CacheError/inUse(path:)``); without it nothing is changed, and runs may go
  /// on meanwhile, but no garbage may be collected: open the store `keepingAll`.
  package func check(
    repair: Bool, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws(CacheError) -> CacheReport {
    guard repair else { return try StoreExamination(of: self, progress).report }
    guard let locks else { throw .readOnly(path: layout.root) }
    return try locks.exclusively(for: "check --repair") { () throws(CacheError) in
      let examination = try StoreExamination(of: self, progress)
      try self.repair(examination)
      return examination.report
    }
  }

  private func repair(_ examination: StoreExamination) throws(CacheError) {
    for finding in examination.report.findings {
      switch finding {
      case .damagedObject(let digest, _): try moveToQuarantine(layout.object(digest))
      case .stray(let path): try moveToQuarantine(path)
      case .abandonedFiles: try objects.removeAbandonedFiles(now: Clock.now)
      default: continue
      }
    }
    try book.rewrite(keeping: { !examination.incomplete.contains($0) })
  }

  private func moveToQuarantine(_ path: String) throws(CacheError) {
    try files.makeFolders(layout.quarantine)
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    try files.rename(path, to: layout.quarantine + "/" + Quarantine.name(for: name))
  }
}

/// One look at everything in a store.
struct StoreExamination {
  private(set) var report = CacheReport()
  /// Records whose objects are not all there and whole.
  private(set) var incomplete: Set<IndexEntry> = []

  init(of cache: Cache, _ progress: (Int, Int) -> Void) throws(CacheError) {
    // In this order: an object is stored before the record that refers to it, by a run that goes on, too.
    let journals = try JournalExamination(of: cache.book)
    let entries = journals.entries
    let sound = try examineObjects(of: cache, progress)
    report.findings += journals.findings
    examineRecords(entries, sound)
    let difference = try cache.book.compareIndex(with: entries)
    if let difference { report.findings.append(difference) }
    let abandoned = try cache.objects.abandonedFiles(now: Clock.now).count
    if abandoned > 0 { report.findings.append(.abandonedFiles(count: abandoned)) }
  }

  /// The digests of the objects that are whole.
  private mutating func examineObjects(
    of cache: Cache, _ progress: (Int, Int) -> Void
  ) throws(CacheError) -> Set<Digest> {
    let walk = try StoredObjects(in: cache.layout, cache.files)
    report.findings += walk.strays.map { .stray(path: $0) }
    report.objects = walk.objects.count
    var sound: Set<Digest> = []
    for (index, object) in walk.objects.enumerated() {
      do throws(CacheError) {
        let reader = try ObjectReader.open(object.digest, in: cache.layout, cache.files)
        if try reader?.read(expecting: nil, into: nil) != nil { sound.insert(object.digest) }
      } catch {
        guard case .corrupt(let digest, _, let reason) = error else { throw error }
        report.findings.append(.damagedObject(digest, reason: reason))
      }
      progress(index + 1, walk.objects.count)
    }
    return sound
  }

  private mutating func examineRecords(_ entries: [IndexEntry], _ sound: Set<Digest>) {
    report.records = entries.count
    for entry in entries {
      let missing = entry.summary.objects.map(\.digest).filter { !sound.contains($0) }
      if missing.isEmpty { continue }
      incomplete.insert(entry)
      report.findings.append(
        .incompleteRecord(
          branch: entry.summary.branch, run: entry.summary.run, missing: missing))
    }
  }
}

/// What the journals of a store hold.
private struct JournalExamination {
  private(set) var entries: [IndexEntry] = []
  private(set) var findings: [CacheFinding]

  init(of book: RecordBook) throws(CacheError) {
    findings = try book.journals.strays().map { .stray(path: $0) }
    for name in try book.journals.sizes().keys.sorted() {
      let contents = try book.journals.contents(of: name, from: 0)
      entries += contents.entries
      findings += contents.damaged.map {
        .damagedFrame(journal: name, offset: $0.offset, length: $0.length)
      }
      if let torn = contents.torn {
        findings.append(.tornFrame(journal: name, offset: torn.offset, length: torn.length))
      }
    }
  }
}
