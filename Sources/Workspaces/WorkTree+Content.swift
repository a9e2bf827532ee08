import ArtifactCache

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension WorkTree {
  /// The digest of a project file's content, from memory or by reading it.
  func digest(of path: ProjectPath, _ status: FileStatus) throws(WorkspaceError) -> Digest {
    if let known = memory.digest(for: status.signature) { return known }
    let file = try Descriptor(project.absolute(path), O_RDONLY | O_NOFOLLOW, shown: path.text)
    let (digest, final, begun) = try file.settledDigest(shown: path.text)
    memory.learn(digest, for: final.signature, begun: begun)
    return digest
  }

  /// What would have to be recorded of what is at a place; nil for nothing and for devices.
  func identity(
    of path: ProjectPath, _ status: FileStatus?
  ) throws(WorkspaceError) -> FolderListing.Kind? {
    guard let status else { return nil }
    switch status.form {
    case .file: return .file(executable: status.isExecutable, digest: try digest(of: path, status))
    case .link:
      return .link(target: try Descriptor.linkTarget(project.absolute(path), shown: path.text))
    case .folder: return .folder
    case .other: return nil
    }
  }

  /// Whether the store could give this content back, checked byte by byte.
  func isStored(_ digest: Digest) throws(WorkspaceError) -> Bool {
    do throws(CacheError) {
      return try store.reference(for: digest) != nil
    } catch {
      if case .corrupt = error { return false }
      throw .cache(error)
    }
  }

  /// Frees a place: removes files whose content is in the store, moves anything else aside.
  ///
  /// - Parameters:
  ///   - path: The place.
  ///   - parent: The open folder that holds it.
  ///   - displaced: Takes what had to be moved.
  /// - Throws: Failures of file system and store; then nothing is lost.
  func free(
    _ path: ProjectPath, in parent: borrowing Descriptor, displaced: inout [DisplacedFile]
  ) throws(WorkspaceError) {
    let name = path.name
    guard let status = try FileStatus.of(name, in: parent.number, following: false) else { return }
    if status.form == .folder {
      let folder = try Descriptor.folder(
        name, in: parent.number, following: false, shown: path.text)
      try removeStored(in: folder, at: path)
      if unlinkat(parent.number, name, AT_REMOVEDIR) == 0 { return }
    }
    if status.form == .file, try isStored(digest(of: path, status)) {
      if unlinkat(parent.number, name, 0) != 0 { throw .system("remove", path.text) }
      return
    }
    displaced.append(try displacement.moveAside(path, from: parent, in: project))
  }

  /// Removes the files in a folder whose content is in the store, and the folders this empties.
  private func removeStored(
    in folder: borrowing Descriptor, at path: ProjectPath
  ) throws(WorkspaceError) {
    for entry in try folder.contents(shown: path.text) {
      let place = path.appending(entry.name)
      if entry.form == .folder {
        let inner = try Descriptor.folder(
          entry.name, in: folder.number, following: false, shown: place.text)
        try removeStored(in: inner, at: place)
        _ = unlinkat(folder.number, entry.name, AT_REMOVEDIR)
      } else if entry.form == .file,
        let status = try FileStatus.of(entry.name, in: folder.number, following: false),
        try isStored(digest(of: place, status))
      {
        if unlinkat(folder.number, entry.name, 0) != 0 { throw .system("remove", place.text) }
      }
    }
  }

  /// Opens the folder that holds a place; a file in the way of a folder is freed, a link is an error.
  func openParent(
    of path: ProjectPath, displaced: inout [DisplacedFile]
  ) throws(WorkspaceError) -> Descriptor {
    while true {
      do throws(WorkspaceError) {
        return try project.openParent(of: path, creating: true)
      } catch {
        guard case .wrongForm(let obstacle, _, _) = error else { throw error }
        let place = try ProjectPath(obstacle)
        let folder = try project.openParent(of: place, creating: false)
        try free(place, in: folder, displaced: &displaced)
      }
    }
  }
}
