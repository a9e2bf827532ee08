extension Cache {
  /// Removes what nobody needs; with `dryRun` only says what that would be.
  ///
  /// Records of `needed` keys stay, beside those that the registered projects have noted.
  /// Nobody else may have the store open (``CacheError/inUse(path:)``): a run relies on objects that
  /// no record refers to yet. A dry run is possible at any time. Records go before their objects, so
  /// that an interruption leaves no record without them. The quarantine goes last; if it cannot be
  /// emptied, the report says why.
  package func collectGarbage(
    _ policy: GarbagePolicy, sparing needed: Set<Digest> = [], dryRun: Bool
  ) throws(CacheError) -> GarbageReport {
    if dryRun { return try garbagePlan(policy, needed).report }
    guard let locks else { throw .readOnly(path: layout.root) }
    return try locks.exclusively(for: "gc") { () throws(CacheError) in
      var plan = try garbagePlan(policy, needed)
      try book.rewrite(keeping: { !plan.dropped.contains($0) })
      for object in plan.unneeded { try files.remove(layout.object(object.digest)) }
      try objects.removeAbandonedFiles(now: Clock.now)
      if policy.emptiesQuarantine { emptyQuarantine(&plan.report) }
      return plan.report
    }
  }

  private func emptyQuarantine(_ report: inout GarbageReport) {
    let quarantine = Quarantine(of: layout, files)
    do throws(CacheError) {
      try quarantine.empty()
    } catch {
      report.quarantineFailure = error
      report.freedBytes -= (try? quarantine.size()) ?? 0
    }
  }

  private func garbagePlan(
    _ policy: GarbagePolicy, _ needed: Set<Digest>
  ) throws(CacheError) -> GarbagePlan {
    let needs = try projectNeeds()
    var plan = GarbagePlan(
      entries: try book.all(), objects: try StoredObjects(in: layout, files).objects,
      needed: needs.keys.union(needed), keepsNewestOfBranch: !needs.areComplete, policy: policy,
      now: Clock.now)
    plan.report.unreadableProjects = needs.unreadable
    if policy.emptiesQuarantine {
      plan.report.freedBytes += try Quarantine(of: layout, files).size()
    }
    return plan
  }
}

// MARK: - Projects

extension Cache {
  /// Registers a project, by the absolute path of its own cache folder, as one whose needs are kept.
  package func registerProject(_ folder: String) throws(CacheError) {
    let path = layout.root(of: folder)
    if try files.status(at: path) != nil { return }
    let file = try AtomicFile(in: layout.temporary, mode: 0o666, files)
    try file.append(Array(folder.utf8))
    try file.commit(to: path)
  }

  /// The cache folders of the registered projects.
  package func registeredProjects() throws(CacheError) -> [String] {
    var folders: [String] = []
    for name in try files.list(layout.roots).sorted() {
      let file = try OpenFile.reading(layout.roots + "/" + name, files)
      folders.append(String(decoding: try file.read(4096, at: 0), as: UTF8.self))
    }
    return folders
  }

  private struct Needs {
    var keys: Set<Digest> = []
    /// Whether every project has said what it needs.
    var areComplete = true
    var unreadable: [String] = []
  }

  private func projectNeeds() throws(CacheError) -> Needs {
    var needs = Needs()
    let projects = try registeredProjects()
    if projects.isEmpty { needs.areComplete = false }
    for folder in projects {
      do throws(CacheError) {
        let state = try ProjectState.open(
          at: folder, readOnly: true, files: files, onNotice: onNotice)
        let keys = try state.neededKeys()
        needs.keys.formUnion(keys)
        if keys.isEmpty { needs.areComplete = false }
      } catch {
        needs.unreadable.append(folder)
        needs.areComplete = false
      }
    }
    return needs
  }
}
