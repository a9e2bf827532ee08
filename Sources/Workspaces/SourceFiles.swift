import ArtifactCache
import Globs
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The project's files as one run sees them: each is digested once, however many branches read it.
///
/// Any number of threads may ask at once; those that ask for a file that is being digested wait for it.
package final class SourceFiles: Sendable {
  package let project: ProjectFolder
  /// Digests by signature, from earlier runs and this one.
  package let memory: SignatureMemory
  /// What folders and globs never enter, beside `.git`: the project's cache and the store.
  let excluded: [ProjectPath]
  /// The same folders, to be known by whatever path a walk comes to them.
  private let excludedFolders: [FileStatus]
  /// What stages make, which is read from the store: no link may lead there.
  private let outputs: DeclaredPlaces
  private let leftovers: Leftovers

  let files = Mutex<[PathBytes: OnceRead]>([:])
  private let lists = Mutex<[ListKey: [SourceFile]]>([:])
  /// Folders of files that were asked for, with their absolute paths if a link leads there.
  private let realFolders = Mutex<[ProjectPath: String?]>([:])
  let looked = Mutex(Looked())
  private let noticedChange = Atomic(false)

  /// What the files depend on beside themselves.
  struct Looked: Sendable {
    var folders: [PathBytes: FileStatus] = [:]
    var metLink = false
  }

  private struct ListKey: Sendable, Hashable {
    let pattern: SourcePattern
    let produced: [ProjectPath]
  }

  /// A file's first reading, which later askers share.
  final class OnceRead: Sendable {
    let file = Mutex<SourceFile?>(nil)
  }

  /// A project's files.
  ///
  /// - Parameters:
  ///   - project: Where they are.
  ///   - memory: Digests that are known.
  ///   - excluded: Places that no folder or glob enters.
  ///   - outputs: What stages make.
  ///   - written: What is recorded as written into the project, of stages that are gone too.
  package init(
    project: ProjectFolder, memory: SignatureMemory = SignatureMemory(), excluded: [ProjectPath],
    outputs: DeclaredPlaces = DeclaredPlaces { [] },
    written: @escaping @Sendable () -> WrittenOutputs = { [:] }
  ) {
    excludedFolders = excluded.compactMap { place in
      (try? FileStatus.of(project.absolute(place), following: true)) ?? nil
    }
    self.project = project
    self.memory = memory
    self.excluded = excluded
    self.outputs = outputs
    leftovers = Leftovers(beside: outputs, written)
  }
}

// MARK: - Resolving

extension SourceFiles {
  /// The files that a pattern takes, by the bytes of their paths.
  ///
  /// - Parameters:
  ///   - pattern: What the input declares.
  ///   - produced: Outputs of stages that the pattern covers. Their content comes from the stage, so the
  ///     copies in the work tree are left out.
  /// - Returns: The files; for a file exactly one.
  /// - Throws: ``WorkspaceError/missing(_:nearest:)`` where nothing is found and nothing is produced
  ///   either, and what reading can throw.
  package func resolve(
    _ pattern: SourcePattern, produced: [ProjectPath] = []
  ) throws(WorkspaceError) -> [SourceFile] {
    if case .file(let path) = pattern {
      try refuseAbsoluteLink(path)
      return [try file(at: path)]
    }
    let key = ListKey(pattern: pattern, produced: produced)
    if let known = lists.withLock({ $0[key] }) { return known }
    let found = try find(pattern, produced: produced)
    let outcomes = Parallel.map(count: found.count) { index in
      Result { () throws(WorkspaceError) in
        try self.digested(found[index].path, found[index].status)
      }
    }
    var resolved = try outcomes.map { outcome throws(WorkspaceError) in try outcome.get() }
    resolved.removeAll(where: leftovers.contains)
    resolved.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    if case .glob = pattern, resolved.isEmpty && produced.isEmpty {
      throw .nothingMatches(pattern.text)
    }
    let list = resolved
    lists.withLock { $0[key] = list }
    return list
  }

  /// Reads single files that will be asked for, on all cores, until the current task is cancelled.
  ///
  /// What is wrong with one is told when it is asked for.
  package func readAhead(_ paths: [String]) {
    if paths.count < 2 { return }
    var seen: Set<PathBytes> = []
    var rest = paths.filter { path in
      let key = PathBytes(text: path)
      return seen.insert(key).inserted && files.withLock { $0[key] } == nil
    }[...]
    while !rest.isEmpty && !Task.isCancelled {
      let batch = rest.prefix(64)
      rest = rest.dropFirst(batch.count)
      _ = Parallel.map(count: batch.count) { index in
        _ = try? self.resolve(.file(batch[batch.startIndex + index]))
      }
    }
  }

  /// One file, relative to the project or absolute.
  package func file(at path: String) throws(WorkspaceError) -> SourceFile {
    let path = path.utf8.first == UInt8(ascii: "/") ? path : try ProjectPath(path).text
    if let known = files.withLock({ $0[PathBytes(text: path)] })?.file.withLock({ $0 }) {
      return known
    }
    guard let status = try status(of: path) else { throw missing(path) }
    guard status.form == .file else {
      throw .wrongForm(path, expected: .file, found: status.form)
    }
    return try digested(path, status)
  }

  private func find(
    _ pattern: SourcePattern, produced: [ProjectPath]
  ) throws(WorkspaceError) -> [FoundFile] {
    let skipped = Set(excluded + produced)
    switch pattern {
    case .file: return []
    case .glob(let text):
      let glob = Glob(try ProjectPath(text).text)
      return note(
        try walk(skipping: skipped, isConfined: true)
          .files(below: project.root, prefix: "", .glob(glob, glob.start)))
    case .folder(let text):
      return try text.utf8.first == UInt8(ascii: "/")
        ? folder(outside: text)
        : folder(at: ProjectPath(text), skipped, isProduced: !produced.isEmpty)
    }
  }

  private func folder(
    at place: ProjectPath, _ skipped: Set<ProjectPath>, isProduced: Bool
  ) throws(WorkspaceError) -> [FoundFile] {
    if lies(place, in: skipped) { return [] }
    guard let (status, real) = try look(at: place) else {
      if isProduced { return [] }
      throw missing(place.text)
    }
    guard status.form == .folder else {
      throw .wrongForm(place.text, expected: .folder, found: status.form)
    }
    return note(
      try walk(skipping: skipped, isConfined: true).files(
        below: project.absolute(place), prefix: place.text + "/", .everything, real: real))
  }

  /// All files of an absolute folder.
  private func folder(outside path: String) throws(WorkspaceError) -> [FoundFile] {
    guard let status = try status(of: path) else { throw missing(path) }
    guard status.form == .folder else {
      throw .wrongForm(path, expected: .folder, found: status.form)
    }
    let prefix = path.utf8.last == UInt8(ascii: "/") ? path : path + "/"
    return note(
      try walk(skipping: [], isConfined: false).files(below: path, prefix: prefix, .everything))
  }

  private func walk(skipping skipped: Set<ProjectPath>, isConfined: Bool) -> SourceWalk {
    SourceWalk(
      project: project, skipped: skipped, skippedFolders: excludedFolders, outputs: outputs,
      confined: isConfined)
  }

  private func lies(_ place: ProjectPath, in skipped: Set<ProjectPath>) -> Bool {
    skipped.contains(place) || place.ancestors.contains(where: skipped.contains)
  }

  private func note(_ result: WalkResult) -> [FoundFile] {
    looked.withLock { looked in
      for folder in result.folders {
        // As it was first: a later look at a folder that has changed would hide the change.
        let path = PathBytes(text: folder.path)
        if looked.folders[path] == nil { looked.folders[path] = folder.status }
      }
      if result.metLink { looked.metLink = true }
    }
    return result.files
  }

  private func missing(_ path: String) -> WorkspaceError {
    .missing(path, nearest: NearestFile.nearest(to: path, in: project))
  }
}

// MARK: - Reading

extension SourceFiles {
  /// The absolute path of a path as inputs name it.
  func absolute(_ path: String) -> String {
    path.utf8.first == UInt8(ascii: "/") ? path : project.root + "/" + path
  }

  /// What a path leads to, links followed, or nil for nothing.
  ///
  /// A project path must stay in the project.
  func status(of path: String) throws(WorkspaceError) -> FileStatus? {
    guard path.utf8.first == UInt8(ascii: "/") else {
      return try look(at: try ProjectPath(path))?.status
    }
    return try FileStatus.of(path, following: true, shown: path)
  }

  /// What a place of the project leads to, and the absolute path of that if a link led there.
  private func look(
    at place: ProjectPath
  ) throws(WorkspaceError) -> (status: FileStatus, real: String?)? {
    let absolute = project.absolute(place)
    var real = try realFolder(of: place).map { $0 + "/" + place.name }
    guard var status = try FileStatus.of(absolute, following: false, shown: place.text) else {
      return nil
    }
    if status.form == .link {
      looked.withLock { $0.metLink = true }
      guard let target = realPath(absolute) else { return nil }
      guard project.holds(target) else { throw .linkLeavesProject(place.text, target: target) }
      real = target
      guard let found = try FileStatus.of(target, following: true, shown: place.text) else {
        return nil
      }
      status = found
    }
    try outputs.refuse(real.flatMap(project.projectPath), shown: place.text)
    return (status, real)
  }

  /// An absolute path leads out of the project, but a link there may lead back.
  private func refuseAbsoluteLink(_ path: String) throws(WorkspaceError) {
    guard path.utf8.first == UInt8(ascii: "/"),
      files.withLock({ $0[PathBytes(text: path)] }) == nil,
      try FileStatus.of(path, following: false)?.form == .link, let target = realPath(path)
    else { return }
    try outputs.refuse(project.projectPath(ofAbsolute: target), shown: path)
  }

  /// The absolute path without links of the folder that holds a place; nil where it has none.
  ///
  /// Looked up once for each folder, which must lie in the project.
  private func realFolder(of place: ProjectPath) throws(WorkspaceError) -> String? {
    guard let folder = place.parent else { return nil }
    if let known = realFolders.withLock({ $0[folder] }) { return known }
    let absolute = project.absolute(folder)
    guard let target = realPath(absolute) else { return nil }
    guard project.holds(target) else { throw .linkLeavesProject(folder.text, target: target) }
    let real = target.utf8.elementsEqual(absolute.utf8) ? nil : target
    realFolders.withLock { $0[folder] = .some(real) }
    return real
  }

  private func digested(_ path: String, _ status: FileStatus) throws(WorkspaceError) -> SourceFile {
    let once = files.withLock { files in
      let key = PathBytes(text: path)
      if let once = files[key] { return once }
      let once = OnceRead()
      files[key] = once
      return once
    }
    let outcome: Result<SourceFile, WorkspaceError> = once.file.withLock { file in
      if let file { return .success(file) }
      do throws(WorkspaceError) {
        let read = try self.read(path, status)
        file = read
        return .success(read)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  /// The file as it is now: from memory where its signature is known, else by reading it.
  private func read(_ path: String, _ status: FileStatus) throws(WorkspaceError) -> SourceFile {
    if let digest = memory.digest(for: status.signature) {
      return SourceFile(
        path: path, isExecutable: status.isExecutable, digest: digest,
        signature: status.signature, isSettled: true)
    }
    let open = try Descriptor(absolute(path), O_RDONLY, shown: path)
    let (digest, final, begun) = try open.settledDigest(shown: path)
    memory.learn(digest, for: final.signature, begun: begun)
    return SourceFile(
      path: path, isExecutable: final.isExecutable, digest: digest,
      signature: final.signature, isSettled: final.signature.isSettled(at: begun))
  }
}

// MARK: - Changes

extension SourceFiles {
  /// Which of these files are no longer what the run began with: other bytes, another mode, or gone.
  ///
  /// A file with its old, settled signature is taken as unchanged; any other is read again.
  package func changed(_ files: [SourceFile]) -> [String] {
    let changed = files.filter { !isUnchanged($0) }.map(\.path)
    if !changed.isEmpty { noticedChange.store(true, ordering: .relaxed) }
    return changed
  }

  /// Whether a file has been found changed.
  package var hasNoticedChange: Bool { noticedChange.load(ordering: .relaxed) }

  private func isUnchanged(_ file: SourceFile) -> Bool {
    guard let status = try? status(of: file.path), status.form == .file else { return false }
    if file.isSettled && status.signature == file.signature { return true }
    let once = self.files.withLock { $0[PathBytes(text: file.path)] }
    // Whoever asked before may have found it settled since.
    if let known = once?.file.withLock({ $0 }), known.isSettled, known.digest == file.digest,
      known.isExecutable == file.isExecutable, status.signature == known.signature
    {
      return true
    }
    guard let now = try? read(file.path, status), now.digest == file.digest,
      now.isExecutable == file.isExecutable
    else { return false }
    once?.file.withLock { $0 = now }
    return true
  }
}
