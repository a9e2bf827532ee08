package import ArtifactCache
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension WorkTree {
  /// Makes the project hold an output at its place.
  ///
  /// What is right already is left alone. What is there instead is overwritten where the store has its
  /// content, and moved aside otherwise. A file appears whole or not at all. Of a folder, what other
  /// people put into it stays; only files recorded as ours go.
  ///
  /// - Parameters:
  ///   - output: The output.
  ///   - path: Its place.
  ///   - recorded: What earlier runs wrote into the project.
  ///   - made: What made the output has left; files are taken from there rather than written anew.
  /// - Returns: What was done.
  /// - Throws: ``WorkspaceError/linkInTheWay(_:)``, and failures of file system and store.
  package func restore(
    _ output: StoredOutput, at path: ProjectPath, recorded: WrittenOutputs, made: MadeFiles? = nil
  ) throws(WorkspaceError) -> Restoration {
    var done = Restoration()
    switch output.form {
    case .file(let executable):
      try restore(output.object, executable, at: path, made, &done)
    case .folder:
      try restoreFolder(output, at: path, recorded: recorded, made, &done)
    }
    return done
  }

  private func restore(
    _ object: ObjectReference, _ executable: Bool, at path: ProjectPath, _ made: MadeFiles?,
    _ done: inout Restoration
  ) throws(WorkspaceError) {
    done.written[path] = .file(executable: executable, digest: object.digest)
    let status = try FileStatus.of(project.absolute(path), following: false, shown: path.text)
    let isRight =
      if let status, status.form == .file, status.size == object.size {
        try digest(of: path, status) == object.digest
      } else {
        false
      }
    if isRight, status?.isExecutable == executable {
      done.unchangedCount += 1
      return
    }
    let parent = try openParent(of: path, displaced: &done.displaced)
    if isRight {
      try setMode(of: path, in: parent, executable)
    } else {
      if status != nil { try makeWay(at: path, in: parent, &done) }
      if made?.move(path, object.digest, executable: executable, to: parent) != true {
        try write(object, executable, to: path, in: parent)
      }
    }
    done.restored.append(path)
  }

  /// Like ``free(_:in:displaced:)``, but leaves a file that may be overwritten for the rename to replace.
  private func makeWay(
    at path: ProjectPath, in parent: borrowing Descriptor, _ done: inout Restoration
  ) throws(WorkspaceError) {
    let status = try FileStatus.of(path.name, in: parent.number, following: false)
    if let status, status.form == .file, try isStored(digest(of: path, status)) { return }
    try free(path, in: parent, displaced: &done.displaced)
  }

  private func setMode(
    of path: ProjectPath, in parent: borrowing Descriptor, _ executable: Bool
  ) throws(WorkspaceError) {
    let file = try Descriptor(
      path.name, O_RDONLY | O_NOFOLLOW, in: parent.number, shown: path.text)
    var status = stat()
    guard fstat(file.number, &status) == 0 else { throw .system("look at", path.text) }
    // Whoever may read it may run it, as if it had been made so under the same umask.
    let mode = status.st_mode & 0o666
    if fchmod(file.number, executable ? mode | (mode & 0o444) >> 2 : mode) != 0 {
      throw .system("change the mode of", path.text)
    }
  }

  private func write(
    _ object: ObjectReference, _ executable: Bool, to path: ProjectPath,
    in parent: borrowing Descriptor
  ) throws(WorkspaceError) {
    let temporary = TemporaryFileName.next()
    let file = try Descriptor(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: executable ? 0o777 : 0o666,
      in: parent.number, shown: path.text)
    do throws(WorkspaceError) {
      try storing { () throws(CacheError) in
        try store.extract(object, to: file.number, path: project.absolute(path))
      }
      try rename(temporary, to: path, in: parent)
    } catch {
      _ = unlinkat(parent.number, temporary, 0)
      throw error
    }
  }

  private func rename(
    _ temporary: String, to path: ProjectPath, in parent: borrowing Descriptor
  ) throws(WorkspaceError) {
    if renameat(parent.number, temporary, parent.number, path.name) != 0 {
      throw .system("write", path.text)
    }
  }
}

// MARK: - Folders

extension WorkTree {
  private func restoreFolder(
    _ output: StoredOutput, at path: ProjectPath, recorded: WrittenOutputs, _ made: MadeFiles?,
    _ done: inout Restoration
  ) throws(WorkspaceError) {
    let content = try FolderContent(of: output, in: store)
    var places: Set<ProjectPath> = [path]
    try restoreFolder(at: path, &done)
    for entry in content.entries {
      let place = path.appending(entry.path.text)
      places.insert(place)
      switch entry.kind {
      case .folder: try restoreFolder(at: place, &done)
      case .file(let object, let executable):
        try restore(object, executable, at: place, made, &done)
      case .link(let target): try restoreLink(to: target, at: place, &done)
      }
    }
    let gone = recorded.filter { $0.key.isInside(path) && !places.contains($0.key) }
    if gone.isEmpty { return }
    done.removed += try remove(gone, keeping: places).removed
  }

  private func restoreFolder(
    at path: ProjectPath, _ done: inout Restoration
  ) throws(WorkspaceError) {
    done.written[path] = .folder
    let place = project.absolute(path)
    if try FileStatus.of(place, following: false)?.form == .folder { return }
    let parent = try openParent(of: path, displaced: &done.displaced)
    try free(path, in: parent, displaced: &done.displaced)
    if mkdirat(parent.number, path.name, 0o777) != 0 && errno != EEXIST {
      throw .system("make folder", path.text)
    }
  }

  private func restoreLink(
    to target: String, at path: ProjectPath, _ done: inout Restoration
  ) throws(WorkspaceError) {
    let written = FolderListing.Kind.link(target: Array(target.utf8))
    done.written[path] = written
    let status = try FileStatus.of(project.absolute(path), following: false)
    if status?.form == .link, try identity(of: path, status) == written {
      done.unchangedCount += 1
      return
    }
    let parent = try openParent(of: path, displaced: &done.displaced)
    try free(path, in: parent, displaced: &done.displaced)
    if symlinkat(target, parent.number, path.name) != 0 { throw .system("link", path.text) }
    done.restored.append(path)
  }
}

/// Names for files that are not finished; no two are alike, and no glob matches them.
enum TemporaryFileName {
  private static let count = Atomic(0)

  static func next() -> String {
    ".pipe-\(getpid())-\(count.add(1, ordering: .relaxed).newValue)"
  }
}
