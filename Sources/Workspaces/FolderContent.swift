import ArtifactCache

/// A stored folder as somebody who wants its files reads it: listing and objects put together.
struct FolderContent: Sendable {
  enum Kind: Sendable {
    case folder
    case file(ObjectReference, executable: Bool)
    case link(target: String)
  }

  struct Entry: Sendable {
    /// Relative to the folder.
    let path: ProjectPath
    let kind: Kind
  }

  /// Parents before what lies in them.
  let entries: [Entry]

  /// Reads and verifies the listing of a folder output.
  init(of output: StoredOutput, in store: ContentStore) throws(WorkspaceError) {
    let listing = try storing { () throws(CacheError) in
      try FolderListing(decoding: try store.read(output.object))
    }
    var objects: [Digest: ObjectReference] = [:]
    for member in output.members { objects[member.digest] = member }
    var entries: [Entry] = []
    entries.reserveCapacity(listing.entries.count)
    for entry in listing.entries {
      entries.append(
        Entry(
          path: try ProjectPath(bytes: entry.path), kind: try Self.kind(entry.kind, objects, store))
      )
    }
    self.entries = entries
  }

  private static func kind(
    _ kind: FolderListing.Kind, _ objects: [Digest: ObjectReference], _ store: ContentStore
  ) throws(WorkspaceError) -> Kind {
    switch kind {
    case .folder: return .folder
    case .link(let target):
      guard let text = String(validating: target, as: UTF8.self) else {
        throw .nameIsNotUTF8(folder: ".", name: target)
      }
      return .link(target: text)
    case .file(let executable, let digest):
      if let object = objects[digest] { return .file(object, executable: executable) }
      let object = try storing { () throws(CacheError) in try store.reference(for: digest) }
      guard let object else { throw .cache(.missing(digest)) }
      return .file(object, executable: executable)
    }
  }
}
