import Globs

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that a walk found: its path as the input names it, and its status with links followed.
struct FoundFile: Sendable {
  let path: String
  let status: FileStatus
}

/// What a walk found, and what it depends on.
struct WalkResult: Sendable {
  var files: [FoundFile] = []
  /// Every folder whose names were looked at, as it was before.
  var folders: [FoundFile] = []
  /// Whether a link was met: what it leads to can change without a trace in `folders`.
  var metLink = false
}

/// Finds the files below a folder.
struct SourceWalk: Sendable {
  /// Which names a walk takes, and what it does with the folders among them.
  enum Selection: Sendable {
    case everything
    case glob(Glob, Glob.Progress)
  }

  let project: ProjectFolder
  /// Folders and files of the project that no walk takes: the cache, and outputs of other stages.
  let skipped: Set<ProjectPath>
  /// Folders that no walk enters, though a link may lead there.
  let skippedFolders: [FileStatus]
  /// What no link may lead to.
  let outputs: DeclaredPlaces
  /// Whether links must stay in the project; false below an absolute input.
  let confined: Bool

  /// All files below a folder that `selection` takes, in no particular order.
  ///
  /// - Parameters:
  ///   - folder: The absolute path of the folder.
  ///   - prefix: What the paths found begin with: empty, or a path that ends in `/`.
  ///   - selection: Which files are taken.
  ///   - real: The absolute path of the folder without links, if a link led there.
  /// - Returns: The files, links followed, and the folders they were looked for in.
  /// - Throws: ``WorkspaceError/linkLeavesProject(_:target:)``, ``WorkspaceError/linkLoop(_:)``, and
  ///   failures of the file system.
  func files(
    below folder: String, prefix: String, _ selection: Selection, real: String? = nil
  ) throws(WorkspaceError) -> WalkResult {
    var found = WalkResult()
    let open = try Descriptor.folder(folder, shown: prefix.isEmpty ? "." : prefix)
    try walk(open, folder, prefix, selection, real, above: [], into: &found)
    return found
  }

  private func walk(
    _ folder: borrowing Descriptor, _ absolute: String, _ prefix: String, _ selection: Selection,
    _ real: String?, above: [FileStatus], into found: inout WalkResult
  ) throws(WorkspaceError) {
    let own = try FileStatus.of(folder, shown: prefix)
    if skippedFolders.contains(where: { $0.isSameFile(as: own) }) { return }
    found.folders.append(FoundFile(path: prefix.isEmpty ? "." : prefix, status: own))
    if above.contains(where: { $0.isSameFile(as: own) }) {
      throw .linkLoop(String(prefix.dropLast()))
    }
    for entry in try candidates(in: folder, selection, shown: prefix) {
      let path = prefix + entry.name
      guard !isSkipped(entry.name, path) else { continue }
      let (next, isTaken) = step(selection, by: entry.name)
      guard next != nil || isTaken else { continue }
      var place = real.map { $0 + "/" + entry.name }
      if entry.form == .link {
        found.metLink = true
        guard let target = try target(of: absolute + "/" + entry.name, shown: path)
        else { continue }
        place = target
      }
      guard let status = try status(of: entry, in: folder, shown: path) else { continue }
      if status.form == .file, isTaken {
        try outputs.refuse(place.flatMap(project.projectPath), shown: path)
        found.files.append(FoundFile(path: path, status: status))
      } else if status.form == .folder, let next {
        try walk(
          try Descriptor.folder(entry.name, in: folder.number, shown: path),
          absolute + "/" + entry.name, path + "/", next, place, above: above + [own], into: &found)
      }
    }
  }

  /// The names worth looking at: all that the folder has, or the few that a pattern asks for.
  private func candidates(
    in folder: borrowing Descriptor, _ selection: Selection, shown: String
  ) throws(WorkspaceError) -> [FolderEntry] {
    guard case .glob(let glob, let progress) = selection, let names = glob.namesAhead(progress)
    else { return try folder.contents(shown: shown) }
    var entries: [FolderEntry] = []
    for name in names {
      let status = try FileStatus.of(name, in: folder.number, following: false, shown: shown)
      if let status { entries.append(FolderEntry(name: name, form: status.form)) }
    }
    return entries
  }

  private func isSkipped(_ name: String, _ path: String) -> Bool {
    if name.utf8.elementsEqual(".git".utf8) { return true }
    guard !skipped.isEmpty, let place = try? ProjectPath(path) else { return false }
    return skipped.contains(place)
  }

  private func step(_ selection: Selection, by name: String) -> (next: Selection?, isTaken: Bool) {
    guard case .glob(let glob, let progress) = selection else { return (.everything, true) }
    let (next, isMatch) = glob.advance(progress, by: name)
    return (next.isOver ? nil : .glob(glob, next), isMatch)
  }

  /// Where a link leads; nil where that is nothing.
  private func target(of link: String, shown: String) throws(WorkspaceError) -> String? {
    guard let target = realPath(link) else { return nil }
    guard !confined || project.holds(target) else {
      throw .linkLeavesProject(shown, target: target)
    }
    return target
  }

  /// The status of what an entry leads to; nil where that is nothing or nothing readable.
  private func status(
    of entry: FolderEntry, in folder: borrowing Descriptor, shown: String
  ) throws(WorkspaceError) -> FileStatus? {
    if entry.form == .other { return nil }
    return try FileStatus.of(entry.name, in: folder.number, following: true, shown: shown)
  }
}

extension ProjectFolder {
  /// Whether an absolute path without links lies in the project or is it.
  func holds(_ absolute: String) -> Bool {
    absolute.utf8.elementsEqual(root.utf8) || projectPath(ofAbsolute: absolute) != nil
  }
}
