import Synchronization

/// What belongs to one project and not to the store it shares: `project/` in its cache folder.
///
/// Invalidations, the digests of its files, what it wrote into the work tree, the history of its runs
/// and the keys that it needs. All in files of checksummed frames: damage costs what it hit and is told.
/// Safe to use from any thread and from several processes at once.
package final class ProjectState: Sendable {
  private let folder: String
  private let files: any FileOperations
  private let isReadOnly: Bool
  private let onNotice: @Sendable (CacheNotice) -> Void
  private let lock: RangeLocks?
  private let writing = Mutex<Void>(())

  /// Of everything in the folder but `format`, which comes before all of it.
  private static let names: Set = [
    "invalidations.log", "outputs.log", "runs.log", "signatures", "needed-keys", "last-look",
    "places", "lock", "temporary",
  ]

  /// Opens the state in the project's cache folder, and makes it where it is missing unless `readOnly`.
  package static func open(
    at folder: String, readOnly: Bool = false, files: any FileOperations = SystemFiles(),
    onNotice: @escaping @Sendable (CacheNotice) -> Void
  ) throws(CacheError) -> ProjectState {
    let root = folder + "/project"
    try StoreFormat.check(StoreLayout(root: root), names: names, files, mayCreate: !readOnly)
    let lock: RangeLocks? =
      readOnly ? nil : RangeLocks(try OpenFile.updating(root + "/lock", files))
    return ProjectState(root, files, isReadOnly: readOnly, lock, onNotice)
  }

  private init(
    _ folder: String, _ files: any FileOperations, isReadOnly: Bool, _ lock: RangeLocks?,
    _ onNotice: @escaping @Sendable (CacheNotice) -> Void
  ) {
    self.folder = folder
    self.files = files
    self.isReadOnly = isReadOnly
    self.lock = lock
    self.onNotice = onNotice
  }

  /// What tells the folder from a copy of it; nil where it is not there.
  func inode() throws(CacheError) -> UInt64? { try files.status(at: folder)?.inode }

  func file(_ name: String, _ kind: Frame.Kind) -> StateFile {
    StateFile(folder: folder, name: name, kind: kind, files: files, onNotice: onNotice)
  }

  /// Runs `body` while no other thread or process writes the state.
  func exclusively(_ body: () throws(CacheError) -> Void) throws(CacheError) {
    guard let lock else { throw .readOnly(path: folder) }
    var failure: CacheError?
    writing.withLock { _ in
      do throws(CacheError) {
        try lock.waitForExclusive()
        defer { lock.endExclusive() }
        try body()
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
