/// Which records and objects stay and which go: decided before anything is touched.
struct GarbagePlan {
  private(set) var dropped: Set<IndexEntry> = []
  private(set) var unneeded: [StoredObjects.Object] = []
  var report = GarbageReport()

  /// Plans for all entries and objects, given the keys that projects need.
  init(
    entries: [IndexEntry], objects: [StoredObjects.Object], needed: Set<Digest>,
    keepsNewestOfBranch: Bool, policy: GarbagePolicy, now: Double
  ) {
    let byAge = entries.sorted(by: IndexEntry.precedes)
    let protected = Self.protected(byAge, needed, keepsNewestOfBranch: keepsNewestOfBranch)
    let removable = byAge.filter { !protected.contains($0) }
    if let age = policy.maximumAge {
      dropped.formUnion(removable.filter { $0.summary.finished < now - age })
    }
    if let size = policy.maximumSize { drop(removable, of: byAge, toFit: size, objects) }
    let kept = byAge.filter { !dropped.contains($0) }
    let used = Set(kept.flatMap { $0.summary.objects.map(\.digest) })
    unneeded = objects.filter { !used.contains($0.digest) }
    report.removedRecords = dropped.count
    report.keptRecords = kept.count
    report.removedObjects = unneeded.count
    report.keptObjects = objects.count - unneeded.count
    report.freedBytes = unneeded.reduce(0) { $0 + $1.storedSize }
    report.keptBytes = objects.reduce(0) { $0 + $1.storedSize } - report.freedBytes
  }

  private static func protected(
    _ byAge: [IndexEntry], _ needed: Set<Digest>, keepsNewestOfBranch: Bool
  ) -> Set<IndexEntry> {
    var protected = Set(byAge.filter { needed.contains($0.summary.key) })
    guard keepsNewestOfBranch else { return protected }
    var newest: [String: IndexEntry] = [:]
    for entry in byAge { newest[entry.summary.branch] = entry }
    protected.formUnion(newest.values)
    return protected
  }

  /// Drops the oldest removable records until what the others refer to fits.
  private mutating func drop(
    _ removable: [IndexEntry], of entries: [IndexEntry], toFit limit: Int,
    _ objects: [StoredObjects.Object]
  ) {
    let sizes = Dictionary(objects.map { ($0.digest, $0.storedSize) }) { first, _ in first }
    var uses: [Digest: Int] = [:]
    for entry in entries where !dropped.contains(entry) {
      for digest in Set(entry.summary.objects.map(\.digest)) { uses[digest, default: 0] += 1 }
    }
    var size = uses.keys.reduce(0) { $0 + (sizes[$1] ?? 0) }
    for entry in removable where size > limit && !dropped.contains(entry) {
      dropped.insert(entry)
      for digest in Set(entry.summary.objects.map(\.digest)) {
        uses[digest, default: 1] -= 1
        if uses[digest] == 0 { size -= sizes[digest] ?? 0 }
      }
    }
  }
}
