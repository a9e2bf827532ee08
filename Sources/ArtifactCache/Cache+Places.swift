extension Cache {
  /// The places that decide what a store says to a project beside its objects, as absolute paths.
  ///
  /// Some of them may not exist. The folder of the journals comes before the journals.
  package static func decisivePlaces(
    of store: String, project: String, files: any FileOperations = SystemFiles()
  ) throws(CacheError) -> [String] {
    let layout = StoreLayout(root: store)
    let journals = try files.list(layout.records).sorted().map(layout.journal)
    return [
      layout.format, layout.unindexed, layout.index, layout.root(of: project), layout.records,
    ] + journals
  }

  /// What the index has not taken up yet; decisive, too, unless it is empty.
  package static func unfinishedIndex(of store: String) -> String {
    StoreLayout(root: store).index + "-wal"
  }

  /// What `body` gives while the store is used as a run uses it; nil when only opening will do.
  ///
  /// That is while somebody has it to himself, and when a process that has ended left temporary files,
  /// which opening removes.
  package static func withoutOpening<Result>(
    _ store: String, files: any FileOperations = SystemFiles(), _ body: () -> Result
  ) throws(CacheError) -> Result? {
    let layout = StoreLayout(root: store)
    let locks = RangeLocks(try OpenFile.updating(layout.locks, files))
    guard try locks.trySwitch(0, to: .shared),
      try files.list(layout.temporary).allSatisfy({ TemporaryName($0) == nil })
    else { return nil }
    return withExtendedLifetime(locks) { body() }
  }
}
