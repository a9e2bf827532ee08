/// The content of a folder output: a byte-sorted list of what lies in it.
///
/// Its encoding is stored as an object, and the digest of that encoding is the folder's. Decoding is
/// strict, so that equal folders have equal bytes and a listing cannot name a place outside.
package struct FolderListing: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case folder
    case file(executable: Bool, digest: Digest)
    case link(target: [UInt8])
  }

  package struct Entry: Sendable, Hashable {
    /// Bytes relative to the folder, components separated by `/`.
    package let path: [UInt8]
    package let kind: Kind

    package init(path: [UInt8], kind: Kind) {
      self.path = path
      self.kind = kind
    }
  }

  /// Ascending by the bytes of their paths.
  package let entries: [Entry]

  /// A listing of these entries in any order.
  ///
  /// Throws ``CacheError/invalid(_:)`` for a path that is empty, absolute, has an empty, `.` or `..`
  /// component or occurs twice, for one below a file or link, and for a link that leads outside.
  package init(_ entries: [Entry]) throws(CacheError) {
    let sorted = entries.sorted { $0.path.lexicographicallyPrecedes($1.path) }
    if let problem = Self.problem(in: sorted) { throw .invalid("folder listing: \(problem)") }
    self.entries = sorted
  }

  /// The digests of the files, in the order of the entries and as often as they occur.
  package var fileDigests: [Digest] {
    entries.compactMap { entry in
      if case .file(_, let digest) = entry.kind { digest } else { nil }
    }
  }
}

// MARK: - Bytes

extension FolderListing {
  private static let magic = Array("pipe-folder 1\n".utf8)

  /// The listing as bytes; docs/cache-format.md has the grammar.
  package var encoded: [UInt8] {
    var writer = ByteWriter(reserving: 64 + entries.count * 96)
    writer.append(raw: Self.magic)
    writer.append(UInt32(entries.count))
    for entry in entries {
      writer.append(counted: entry.path)
      entry.kind.write(to: &writer)
    }
    return writer.bytes
  }

  /// The listing that these bytes encode; throws ``CacheError/invalid(_:)`` for any others.
  package init(decoding bytes: [UInt8]) throws(CacheError) {
    let entries: [Entry]
    do {
      entries = try Self.decodeEntries(bytes)
    } catch {
      throw .invalid("folder listing: \(error.reason)")
    }
    if let problem = Self.problem(in: entries) { throw .invalid("folder listing: \(problem)") }
    self.entries = entries
  }

  private static func decodeEntries(_ bytes: [UInt8]) throws(MalformedBytes) -> [Entry] {
    var reader = ByteReader(bytes)
    guard reader.remaining >= magic.count, try reader.take(magic.count).elementsEqual(magic) else {
      throw MalformedBytes(reason: "does not begin as a folder listing")
    }
    let count = try reader.count(minimumSize: 6)
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    for _ in 0..<count {
      let path = Array(try reader.counted())
      let type = try reader.integer(UInt8.self)
      entries.append(Entry(path: path, kind: try Kind(type: type, from: &reader)))
    }
    try reader.end()
    return entries
  }
}

extension FolderListing.Kind {
  init(type: UInt8, from reader: inout ByteReader) throws(MalformedBytes) {
    switch type {
    case 0: self = .folder
    case 1: self = .file(executable: false, digest: try reader.digest())
    case 2: self = .file(executable: true, digest: try reader.digest())
    case 3: self = .link(target: Array(try reader.counted()))
    case let other: throw MalformedBytes(reason: "entry type \(other) is unknown")
    }
  }

  func write(to writer: inout ByteWriter) {
    switch self {
    case .folder:
      writer.append(UInt8(0))
    case .file(let executable, let digest):
      writer.append(UInt8(executable ? 2 : 1))
      writer.append(digest)
    case .link(let target):
      writer.append(UInt8(3))
      writer.append(counted: target)
    }
  }
}

// MARK: - Rules

extension FolderListing {
  private static let slash = UInt8(ascii: "/")

  private static func problem(in entries: [Entry]) -> String? {
    var leaves: Set<[UInt8]> = []
    for (index, entry) in entries.enumerated() {
      let name = String(decoding: entry.path, as: UTF8.self)
      if !isPlain(entry.path) { return "path “\(name)” is not a plain relative path" }
      if index > 0, !entries[index - 1].path.lexicographicallyPrecedes(entry.path) {
        return "path “\(name)” is out of order or occurs twice"
      }
      if hasAncestor(of: entry.path, in: leaves) { return "path “\(name)” lies in a file or link" }
      if case .link(let target) = entry.kind, !staysInside(target, from: entry.path) {
        return "link “\(name)” leads out of the folder"
      }
      if entry.kind != .folder { leaves.insert(entry.path) }
    }
    return nil
  }

  private static func isPlain(_ path: [UInt8]) -> Bool {
    !path.contains(0)
      && path.split(separator: slash, omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
      }
  }

  private static func hasAncestor(of path: [UInt8], in leaves: Set<[UInt8]>) -> Bool {
    guard !leaves.isEmpty else { return false }
    return path.indices.contains { path[$0] == slash && leaves.contains(Array(path[..<$0])) }
  }

  private static func staysInside(_ target: [UInt8], from link: [UInt8]) -> Bool {
    guard !target.isEmpty, target.first != slash, !target.contains(0) else { return false }
    var depth = link.count { $0 == slash }
    for component in target.split(separator: slash) where !component.elementsEqual(".".utf8) {
      depth += component.elementsEqual("..".utf8) ? -1 : 1
      if depth < 0 { return false }
    }
    return true
  }
}
