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
      if policy.forgetsMissingProjects {
        for folder in plan.report.missingProjects { try forgetProject(folder) }
      }
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
    let needs = try ProjectNeeds(of: self, withoutMissing: policy.forgetsMissingProjects)
    var plan = GarbagePlan(
      entries: try book.all(), objects: try StoredObjects(in: layout, files).objects,
      needed: needs.keys.union(needed), keepsNewestOfBranch: !needs.areComplete, policy: policy,
      now: Clock.now)
    plan.report.unreadableProjects = needs.unreadable
    plan.report.missingProjects = needs.missing
    if policy.emptiesQuarantine {
      plan.report.freedBytes += try Quarantine(of: layout, files).size()
    }
    return plan
  }
}
