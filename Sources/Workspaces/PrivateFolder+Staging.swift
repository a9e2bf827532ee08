import ArtifactCache

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What staging needs beside the files: where their content comes from, and what counts as large.
struct StagingContext: Sendable {
  let project: ProjectFolder
  let store: ContentStore
  /// Project files above this many bytes are not held in memory while they are copied.
  var copyLimit = 8 << 20
}

extension PrivateFolder {
  /// Makes the cleared folder hold exactly these folders and files.
  ///
  /// A small project file is copied and digested in one pass, so the digest in the key is that of the
  /// very bytes which the command sees. A large one is cloned where the file system can; the caller
  /// checks afterwards that it has not changed.
  ///
  /// - Parameters:
  ///   - staged: The files; the same content may occur twice at one path.
  ///   - folders: ``CommandRequest/allFolders``.
  ///   - context: Where content comes from.
  /// - Throws: ``WorkspaceError/changed(_:)`` for a project file that is no longer what its digest says,
  ///   ``WorkspaceError/conflict(_:)``, and failures of file system and store.
  func stage(
    _ staged: [StagedFile], in folders: Set<ProjectPath>, _ context: StagingContext
  ) throws(WorkspaceError) {
    let staged = try Self.withoutRepeats(staged)
    for folder in folders.sorted() { try makeFolder(folder) }
    // What is named by itself goes before the folder that holds it as well.
    var placed: [ProjectPath: StagedFile.Identity] = [:]
    for file in staged where !file.isFolder {
      try stage(file, beside: [:], context)
      placed[file.path] = file.identity
    }
    for folder in staged where folder.isFolder { try stage(folder, beside: placed, context) }
  }

  private static func withoutRepeats(_ staged: [StagedFile]) throws(WorkspaceError) -> [StagedFile]
  {
    var seen: [ProjectPath: StagedFile] = [:]
    var kept: [StagedFile] = []
    for file in staged {
      guard let other = seen.updateValue(file, forKey: file.path) else {
        kept.append(file)
        continue
      }
      if other.identity != file.identity { throw .conflict(file.path.text) }
    }
    for path in seen.keys {
      for folder in path.ancestors where seen[folder].map({ !$0.isFolder }) == true {
        throw .conflict(folder.text)
      }
    }
    return kept
  }

  private func makeFolder(_ folder: ProjectPath) throws(WorkspaceError) {
    if mkdir(files.absolute(folder), 0o777) != 0 && errno != EEXIST {
      throw .system("make folder", folder.text)
    }
  }

  private func stage(
    _ file: StagedFile, beside placed: [ProjectPath: StagedFile.Identity],
    _ context: StagingContext
  ) throws(WorkspaceError) {
    switch file.content {
    case .bytes(let bytes, let executable):
      try write(bytes, to: file.path, executable: executable)
    case .source(let source):
      if source.size <= context.copyLimit {
        try copy(source, to: file.path, context)
      } else {
        try copyLarge(source, to: file.path, context)
      }
    case .stored(let output):
      switch output.form {
      case .file(let executable):
        try extract(output.object, to: file.path, executable: executable, context.store)
      case .folder:
        try extract(output, to: file.path, beside: placed, context.store)
      }
    }
  }

  private func write(
    _ bytes: [UInt8], to path: ProjectPath, executable: Bool
  ) throws(WorkspaceError) {
    let target = try spareOrNew(path, executable: executable)
    try target.file.write(bytes, shown: path.text)
    try target.finish(at: bytes.count, shown: path.text)
  }

  private func spareOrNew(
    _ path: ProjectPath, executable: Bool
  ) throws(WorkspaceError) -> SpareFile {
    let mode = mode(executable: executable)
    if let spare = spares.take(for: files.absolute(path), mode: mode) { return spare }
    return SpareFile(file: try create(path, executable: executable), size: 0)
  }

  private func create(
    _ path: ProjectPath, executable: Bool
  ) throws(WorkspaceError) -> Descriptor {
    try Descriptor(
      files.absolute(path), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
      mode: executable ? 0o777 : 0o666, shown: path.text)
  }
}

// MARK: - Project files

extension PrivateFolder {
  private func copy(
    _ source: SourceFile, to path: ProjectPath, _ context: StagingContext
  ) throws(WorkspaceError) {
    let bytes: [UInt8]
    do throws(WorkspaceError) {
      let open = try Descriptor(
        source.absolutePath(in: context.project), O_RDONLY, shown: source.path)
      bytes = try open.readAll(hint: source.size, shown: source.path)
    } catch {
      if error.isAbsence { throw .changed([source.path]) }
      throw error
    }
    guard Digest.of(bytes) == source.digest else { throw .changed([source.path]) }
    try write(bytes, to: path, executable: source.isExecutable)
  }

  /// Clones the file where the file system can, else copies it piece by piece.
  ///
  /// Never a link: a command that opens its input for writing would change the project's own file.
  private func copyLarge(
    _ source: SourceFile, to path: ProjectPath, _ context: StagingContext
  ) throws(WorkspaceError) {
    do throws(WorkspaceError) {
      let open = try Descriptor(
        source.absolutePath(in: context.project), O_RDONLY, shown: source.path)
      guard try FileStatus.of(open, shown: source.path).signature == source.signature else {
        throw .changed([source.path])
      }
      let target = try create(path, executable: source.isExecutable)
      if FileClone.clone(open, to: target) { return }
      guard try open.copy(to: target, shown: source.path) == source.digest else {
        throw .changed([source.path])
      }
    } catch {
      if error.isAbsence { throw .changed([source.path]) }
      throw error
    }
  }
}

extension SourceFile {
  func absolutePath(in project: ProjectFolder) -> String {
    path.utf8.first == UInt8(ascii: "/") ? path : project.root + "/" + path
  }
}

// MARK: - Stored outputs

extension PrivateFolder {
  private func extract(
    _ object: ObjectReference, to path: ProjectPath, executable: Bool, _ store: ContentStore
  ) throws(WorkspaceError) {
    let target = try spareOrNew(path, executable: executable)
    try storing { () throws(CacheError) in
      try store.extract(object, to: target.file.number, path: files.absolute(path))
    }
    try target.finish(at: object.size, shown: path.text)
  }

  private func extract(
    _ output: StoredOutput, to path: ProjectPath,
    beside placed: [ProjectPath: StagedFile.Identity], _ store: ContentStore
  ) throws(WorkspaceError) {
    for entry in try FolderContent(of: output, in: store).entries {
      let place = path.appending(entry.path.text)
      switch entry.kind {
      case .folder: try makeFolder(place)
      case .file(let object, let executable):
        if let other = placed[place] {
          if other != .file(object.digest, executable) { throw .conflict(place.text) }
          continue
        }
        try extract(object, to: place, executable: executable, store)
      case .link(let target):
        // Named by itself it is there already, as what it leads to.
        if placed[place] != nil { continue }
        if symlink(target, files.absolute(place)) != 0 { throw .system("link", place.text) }
      }
    }
  }
}

extension CommandRequest {
  /// The folders that the command finds in its own: those of its inputs and those that its outputs go to.
  var allFolders: Set<ProjectPath> {
    guard case .privateFolder = workingFolder else { return [] }
    let staged = stagedFiles
    var all = Set(folders + folders.flatMap(\.ancestors))
    all.formUnion(staged.flatMap(\.path.ancestors) + outputs.flatMap(\.path.ancestors))
    for file in staged where file.isFolder { all.insert(file.path) }
    return all
  }
}

extension StagedFile {
  var isFolder: Bool {
    if case .stored(let output) = content { output.form == .folder } else { false }
  }
}
