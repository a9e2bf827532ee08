/// The version of the whole store's format, written in its file `format`.
///
/// History (docs/cache-format.md describes each):
/// - 1: first.
enum StoreFormat {
  static let version = 1
  private static let prefix = "pipe cache "
  static let text = prefix + String(version)

  /// Throws unless the folder is a store that this program understands; makes an empty one one.
  static func check(
    _ layout: StoreLayout, _ files: any FileOperations, mayCreate: Bool
  ) throws(CacheError) {
    if let file = try OpenFile.readingIfPresent(layout.format, files) {
      let bytes = try file.read(200, at: 0)
      let found = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      try check(found, layout.format)
    } else if mayCreate {
      let file = try AtomicFile(in: layout.temporary, mode: 0o666, files)
      try file.append(Array((text + "\n").utf8))
      try file.commit(to: layout.format)
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
