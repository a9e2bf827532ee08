#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Removes what programs left behind, whatever they named it and whichever modes they set.
enum FolderRemoval {
  /// Removes everything in an open folder, except the folders in `kept`, which are emptied instead.
  ///
  /// Emptying and using a folder again is much cheaper than removing and making it. Links are removed,
  /// never followed.
  ///
  /// - Parameters:
  ///   - folder: The open folder.
  ///   - path: Its place, in the terms of `kept`; nil for the top.
  ///   - kept: Folders that stay.
  ///   - spared: The name of a regular file at the top that stays.
  ///   - spares: Takes small files; nil: all are removed.
  ///   - shown: What errors call the folder.
  /// - Returns: Whether nothing was in it but what was spared.
  /// - Throws: The first failure of the file system; what came before it is gone.
  @discardableResult static func empty(
    _ folder: borrowing Descriptor, at path: ProjectPath? = nil,
    keeping kept: Set<ProjectPath> = [],
    sparing spared: String? = nil, savingIn spares: SpareFiles? = nil, shown: String
  ) throws(WorkspaceError) -> Bool {
    var names: [(name: [CChar], isFolder: Bool)] = []
    try folder.forEachName(shown: shown) { bytes, type throws(WorkspaceError) in
      if let spared, type == Int32(DT_REG), bytes.elementsEqual(spared.utf8) { return }
      names.append((bytes.map { CChar(bitPattern: $0) } + [0], type == Int32(DT_DIR)))
    }
    for (name, isFolder) in names {
      if !isFolder, spares?.add(name, from: folder) == true { continue }
      let text = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let shown = shown + "/" + text
      if !isFolder, try unlink(name, in: folder, shown: shown) { continue }
      guard let inner = try openForRemoval(name, in: folder.number, shown: shown) else { continue }
      let place = ProjectPath.child(text, of: path)
      try empty(inner, at: place, keeping: kept, savingIn: spares, shown: shown)
      if kept.contains(place) { continue }
      if unlinkat(folder.number, name, AT_REMOVEDIR) != 0 && errno != ENOENT {
        throw .system("remove", shown)
      }
    }
    return names.isEmpty
  }

  /// Removes what is no folder, or gone already; false for a folder, of which listings need not say so.
  private static func unlink(
    _ name: [CChar], in folder: borrowing Descriptor, shown: String
  ) throws(WorkspaceError) -> Bool {
    if unlinkat(folder.number, name, 0) == 0 || errno == ENOENT { return true }
    let code = errno
    var status = stat()
    if fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
      status.st_mode & S_IFMT == S_IFDIR
    {
      return false
    }
    throw .io(operation: "remove", path: shown, code: code)
  }

  /// Opens a folder to empty it, or nil where nothing has that name; one whose modes forbid emptying gets
  /// other modes first.
  private static func openForRemoval(
    _ name: [CChar], in folder: Int32, shown: String
  ) throws(WorkspaceError) -> Descriptor? {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    var number = openat(folder, name, flags)
    if number < 0 && errno == EACCES {
      _ = fchmodat(folder, name, 0o700, 0)
      number = openat(folder, name, flags)
    }
    if number < 0 && errno == ENOENT { return nil }
    if number < 0 { throw .system("remove", shown) }
    var status = stat()
    if fstat(number, &status) == 0, status.st_mode & 0o700 != 0o700 { _ = fchmod(number, 0o700) }
    return Descriptor(owning: number)
  }

  /// The same of the folder at a path; a link to one is an error.
  static func openForRemoval(_ path: String) throws(WorkspaceError) -> Descriptor? {
    try openForRemoval(path.utf8CString.map { $0 }, in: AT_FDCWD, shown: path)
  }

  /// Removes a folder with all that is in it; one that is not there is fine.
  static func remove(_ path: String) throws(WorkspaceError) {
    guard let folder = try openForRemoval(path) else { return }
    try empty(folder, shown: path)
    if rmdir(path) != 0 && errno != ENOENT { throw .system("remove", path) }
  }
}
