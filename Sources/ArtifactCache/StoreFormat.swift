#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The version of the whole store's format, written in its file `format`.
///
/// History (docs/cache-format.md describes each):
/// - 1: first.
enum StoreFormat {
  static let version = 1
  private static let prefix = "pipe cache "
  static let text = prefix + String(version)

  /// Throws unless the folder is a store that this program understands; makes an empty one one.
  ///
  /// `format` comes first, so a folder that lacks it and holds one of `names`, which its other contents
  /// have, belongs to somebody else: nothing is written into it, and nothing taken from it for ours.
  static func check(
    _ layout: StoreLayout, names: Set<String>, _ files: any FileOperations, mayCreate: Bool
  ) throws(CacheError) {
    if try isFormatted(layout, files) { return }
    let obstacles = try obstacles(in: layout, names, files)
    if !obstacles.isEmpty {
      // Unless another process has just made all of it.
      if try isFormatted(layout, files) { return }
      throw .occupied(path: layout.root, by: obstacles, isStore: names == StoreLayout.names)
    }
    if mayCreate {
      let file = try AtomicFile(in: layout.temporary, mode: 0o666, files)
      try file.append(Array((text + "\n").utf8))
      try file.commit(to: layout.format)
    }
  }

  /// Whether the folder has a `format` of ours; throws when it has another one.
  private static func isFormatted(
    _ layout: StoreLayout, _ files: any FileOperations
  ) throws(CacheError) -> Bool {
    guard let file = try OpenFile.readingIfPresent(layout.format, files) else { return false }
    let bytes = try file.read(200, at: 0)
    let found = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    try check(found, layout.format)
    return true
  }

  /// What lies where contents of a store would, but for the files of processes that are making one, or
  /// have died at it.
  private static func obstacles(
    in layout: StoreLayout, _ names: Set<String>, _ files: any FileOperations
  ) throws(CacheError) -> [String] {
    let found = try files.list(layout.root).filter(names.contains).sorted()
    if found == ["temporary"], try holdsOurFilesAlone(layout.temporary, files) { return [] }
    return found
  }

  private static func holdsOurFilesAlone(
    _ folder: String, _ files: any FileOperations
  ) throws(CacheError) -> Bool {
    do throws(CacheError) {
      return try files.list(folder).allSatisfy { TemporaryName($0) != nil }
    } catch  where error.isSystem(ENOTDIR) {
      return false
    }
  }

  private static func check(_ found: String, _ path: String) throws(CacheError) {
    guard found.hasPrefix(prefix), let version = Int(found.dropFirst(prefix.count)), version > 0
    else { throw .notACache(path: path, found: found) }
    if version > Self.version {
      throw .newerFormat(path: path, found: version, supported: Self.version)
    }
  }
}
