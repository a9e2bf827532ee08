extension RecordBook {
  /// How the index differs from the entries of all journals; nil when it does not, or where none is.
  ///
  /// A row whose frame has been appended since those were read is no difference.
  func compareIndex(with entries: [IndexEntry]) throws(CacheError) -> CacheFinding? {
    try locked { state throws(CacheError) in
      try indexPending(&state)
      guard let index = state.index else { return state.failure.map(CacheFinding.init) }
      let indexed: Set<IndexEntry>
      do throws(IndexFailure) {
        indexed = Set(try index.scan())
      } catch {
        return CacheFinding(error)
      }
      let missing = entries.count { !indexed.contains($0) }
      var extra = 0
      for entry in indexed.subtracting(entries) where try journals.record(of: entry) == nil {
        extra += 1
      }
      return extra + missing == 0 ? nil : .indexDiffers(missing: missing, extra: extra)
    }
  }

  /// Writes anew each journal that is damaged or has records that are not to be kept, and the index.
  ///
  /// The caller has the store to itself. A damaged journal is copied to quarantine first; one of which
  /// nothing remains is removed.
  func rewrite(keeping isKept: (IndexEntry) -> Bool) throws(CacheError) {
    try locked { state throws(CacheError) in
      try indexPending(&state)
      for name in try journals.sizes().keys.sorted() {
        if try journals.rewrite(name, keeping: isKept) {
          state.writers = state.writers.filter { $0.value.name != name }
        }
      }
      try remakeIndex(&state)
    }
  }

  private func remakeIndex(_ state: inout State) throws(CacheError) {
    state.index?.close()
    state.index = nil
    state.failure = nil
    state.overlay = RecordOverlay()
    state.isAudited = false
    for suffix in CacheIndex.suffixes where try files.status(at: layout.index + suffix) != nil {
      try files.remove(layout.index + suffix)
    }
    let notices = state.notices
    try openIndex(&state)
    state.notices = notices
  }
}

extension CacheFinding {
  fileprivate init(_ failure: IndexFailure) {
    switch failure {
    case .damaged(let reason): self = .damagedIndex(reason: reason)
    case .unavailable(let reason): self = .unusableIndex(reason: reason)
    }
  }
}

extension RecordJournals {
  /// Writes a journal anew if that changes it; says whether it did.
  fileprivate func rewrite(
    _ name: String, keeping isKept: (IndexEntry) -> Bool
  ) throws(CacheError) -> Bool {
    let contents = try contents(of: name, from: 0)
    let kept = contents.entries.filter(isKept)
    let isWhole = contents.damaged.isEmpty && contents.torn == nil
    if isWhole, kept.count == contents.entries.count { return false }
    let path = layout.journal(name)
    let old = try OpenFile.reading(path, files)
    let bytes = try old.read(contents.size, at: 0)
    if !contents.damaged.isEmpty {
      try write(bytes, to: layout.quarantine + "/" + Quarantine.name(for: name))
    }
    if kept.isEmpty {
      try files.remove(path)
    } else {
      try write(kept.flatMap { bytes[$0.offset..<$0.offset + $0.length] }, to: path)
    }
    return true
  }

  private func write(_ bytes: [UInt8], to path: String) throws(CacheError) {
    let file = try AtomicFile(in: layout.temporary, mode: 0o666, files)
    try file.append(bytes)
    try file.commit(to: path)
  }
}
