#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// This process's own folder among those of other processes, held by a lock for as long as it lives.
///
/// A place has one folder `<process>-<n>/` for each run, with a file `lock` in it that its process keeps
/// locked; the kernel unlocks it when the process dies, however it dies. So whatever is unlocked is left
/// over. The place's own `lock` is held while a folder is made or leftovers are looked for.
struct RunFolder: ~Copyable, Sendable {
  let path: String
  private let lock: Descriptor
  /// What the name of a folder ends in while it is removed.
  private static let removing = ".removing"

  private init(path: String, lock: consuming Descriptor) {
    self.path = path
    self.lock = lock
  }

  /// Makes a folder in `place` (made if missing) and removes what dead processes left there.
  static func make(in place: String) throws(WorkspaceError) -> RunFolder {
    try makeFolders(place)
    let gate = try Descriptor(place + "/lock", O_RDWR | O_CREAT, mode: 0o666)
    try gate.lock(waiting: true, shown: place + "/lock")
    let abandoned = try setAsideAbandoned(in: place)
    let path = try makeFolder(in: place)
    let lock = try Descriptor(path + "/lock", O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
    try lock.lock(waiting: false, shown: path + "/lock")
    // Out of the gate, since removing much takes long. What fails now will be tried next time.
    gate.close()
    for folder in abandoned { try? FolderRemoval.remove(folder) }
    return RunFolder(path: path, lock: lock)
  }

  private static func makeFolder(in place: String) throws(WorkspaceError) -> String {
    for number in 0..<10_000 {
      let path = "\(place)/\(getpid())-\(number)"
      if mkdir(path, 0o700) == 0 { return path }
      if errno != EEXIST { throw .system("make folder", path) }
    }
    throw .io(operation: "make folder", path: place, code: EEXIST)
  }

  /// Renames each folder without a living owner, so that nobody else looks at it; gives the new paths.
  ///
  /// Only what was made by ``make(in:)`` goes: users may have folders of their own in the place, even some
  /// with such names.
  private static func setAsideAbandoned(in place: String) throws(WorkspaceError) -> [String] {
    var abandoned: [String] = []
    for entry in try Descriptor.folder(place).contents(shown: place) where entry.form == .folder {
      let path = place + "/" + entry.name
      if entry.name.hasSuffix(removing) {
        // Its lock may have been removed already.
        let isOurs = isName(entry.name.dropLast(removing.count)) && ownership(of: path) != .held
        if isOurs { abandoned.append(path) }
      } else if isName(entry.name[...]), ownership(of: path) == .abandoned,
        rename(path, path + removing) == 0
      {
        abandoned.append(path + removing)
      }
    }
    return abandoned
  }

  /// Whether a folder of a run has such a name, `<process>-<n>`.
  private static func isName(_ name: Substring) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { part in Int32(part).map(String.init) == String(part) }
  }

  private enum Ownership {
    case held
    case abandoned
    /// It has no lock: it is none of ours, or none yet.
    case none
  }

  private static func ownership(of path: String) -> Ownership {
    do throws(WorkspaceError) {
      let lock = try Descriptor(path + "/lock", O_RDWR | O_NOFOLLOW)
      try lock.lock(waiting: false, shown: path)
      return .abandoned
    } catch {
      // Whoever cannot look must not remove.
      return error.isAbsence ? .none : .held
    }
  }

  deinit {
    // Without its lock it would be nobody's if this was interrupted.
    let going = path + Self.removing
    try? FolderRemoval.remove(rename(path, going) == 0 ? going : path)
  }
}

extension Descriptor {
  /// Locks the open file until this descriptor is closed; without waiting, a lock held is an error.
  func lock(waiting: Bool, shown: String) throws(WorkspaceError) {
    while flock(number, LOCK_EX | (waiting ? 0 : LOCK_NB)) != 0 {
      if errno != EINTR { throw .system("lock", shown) }
    }
  }
}

/// Makes the folder at an absolute path, and those above it that are missing.
func makeFolders(_ path: String) throws(WorkspaceError) {
  if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
  guard errno == ENOENT, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")),
    slash > path.startIndex
  else { throw .system("make folder", path) }
  try makeFolders(String(path[..<slash]))
  if mkdir(path, 0o777) != 0 && errno != EEXIST { throw .system("make folder", path) }
}
