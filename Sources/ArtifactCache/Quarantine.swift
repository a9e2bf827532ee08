/// What was moved to a store's `quarantine/`, under names that only pipe gives; other people's files there
/// are left alone.
struct Quarantine {
  private let folder: String
  private let files: any FileOperations

  init(of layout: StoreLayout, _ files: any FileOperations) {
    folder = layout.quarantine
    self.files = files
  }

  /// The name for something that was called `name`; what its files are called besides follows later.
  static func name(for name: String) -> String { name + "-" + TemporaryName.next() }

  /// The absolute paths of everything that is there.
  func paths() throws(CacheError) -> [String] {
    try files.list(folder).filter(Self.isOurs).sorted().map { folder + "/" + $0 }
  }

  /// Whether a name ends as ``name(for:)`` makes it, or as a part of an index does.
  private static func isOurs(_ name: String) -> Bool {
    var name = name[...]
    for suffix in CacheIndex.suffixes where !suffix.isEmpty && name.hasSuffix(suffix) {
      name = name.dropLast(suffix.count)
      break
    }
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count > 3 && TemporaryName(parts.suffix(3).joined(separator: "-")) != nil
  }

  /// Bytes of all files in it.
  func size() throws(CacheError) -> Int {
    var size = 0
    for path in try paths() { size += try self.size(of: path) }
    return size
  }

  private func size(of path: String) throws(CacheError) -> Int {
    guard let status = try files.status(at: path) else { return 0 }
    if !status.isFolder { return status.size }
    var size = 0
    for name in try files.list(path) { size += try self.size(of: path + "/" + name) }
    return size
  }

  /// Removes it all: folders with what is in them, links themselves.
  func empty() throws(CacheError) {
    for path in try paths() { try remove(path) }
  }

  private func remove(_ path: String) throws(CacheError) {
    guard try files.status(at: path)?.isFolder == true else { return try files.remove(path) }
    for name in try files.list(path) { try remove(path + "/" + name) }
    try files.removeFolder(path)
  }
}
