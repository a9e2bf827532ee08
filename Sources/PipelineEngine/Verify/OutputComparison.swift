import ArtifactCache
import Foundation

/// Compares what a branch made again with its stored result, bit by bit.
///
/// Equal digests are equal contents, as long as the stored objects are what their digests say; so those
/// are read and verified. Only where a file differs are both contents laid side by side.
struct OutputComparison: Sendable {
  let stored: ContentStore
  let made: ContentStore
  /// Absolute: a folder for the two contents.
  let scratch: String

  /// The first difference, in the order of the stored outputs; nil where all is the same.
  ///
  /// Throws ``CacheError`` where a stored object is damaged or gone.
  func firstDifference(
    _ old: [StoredOutput], _ new: [StoredOutput]
  ) throws -> OutputDifference? {
    for output in old {
      for object in output.objects { try stored.verify(object) }
      guard let again = new.first(where: { $0.name == output.name }) else {
        return OutputDifference(output: output.name, path: nil, kind: .missing)
      }
      if let found = try difference(output, again) { return found }
    }
    let added = new.first { output in !old.contains { $0.name == output.name } }
    return added.map { OutputDifference(output: $0.name, path: nil, kind: .new) }
  }

  private func difference(
    _ old: StoredOutput, _ new: StoredOutput
  ) throws -> OutputDifference? {
    func found(_ kind: OutputDifference.Kind, at path: [UInt8]? = nil) -> OutputDifference {
      OutputDifference(
        output: old.name, path: path.map { String(decoding: $0, as: UTF8.self) }, kind: kind)
    }
    guard old.form == new.form else { return found(.form) }
    guard old.object.digest != new.object.digest else { return nil }
    guard case .folder = old.form else {
      return found(.content(offset: try offset(old.object, new.object)))
    }
    let before = try FolderListing(decoding: stored.read(old.object)).entries
    let now = try FolderListing(decoding: made.read(new.object)).entries
    guard let (entry, other) = Self.firstUnequal(before, now) else { return nil }
    let path = entry?.path ?? other?.path
    switch (entry?.kind, other?.kind) {
    case (_, nil): return found(.missing, at: path)
    case (nil, _): return found(.new, at: path)
    case (.file(let isProgram, let digest), .file(let isNewProgram, let newDigest))
    where isProgram == isNewProgram:
      guard let one = old.members.first(where: { $0.digest == digest }),
        let two = new.members.first(where: { $0.digest == newDigest })
      else { throw CacheError.missing(digest) }
      return found(.content(offset: try offset(one, two)), at: path)
    default: return found(.form, at: path)
    }
  }

  /// The first entry that only one of two sorted listings has, or the two of one path that differ.
  private static func firstUnequal(
    _ old: [FolderListing.Entry], _ new: [FolderListing.Entry]
  ) -> (FolderListing.Entry?, FolderListing.Entry?)? {
    let equal = zip(old, new).prefix { $0 == $1 }.count
    switch (old.dropFirst(equal).first, new.dropFirst(equal).first) {
    case (nil, nil): return nil
    case (let one?, let two?) where one.path != two.path:
      return one.path.lexicographicallyPrecedes(two.path) ? (one, nil) : (nil, two)
    case (let one, let two): return (one, two)
    }
  }

  /// Where two contents begin to differ, with little of them in memory at once.
  private func offset(_ old: ObjectReference, _ new: ObjectReference) throws -> Int {
    let places = (0..<2).map { _ in "\(scratch)/\(UUID().uuidString)" }
    defer { for place in places { try? FileManager.default.removeItem(atPath: place) } }
    try stored.extract(old, toNewFile: places[0])
    try made.extract(new, toNewFile: places[1])
    let files = try places.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) }
    var offset = 0
    while true {
      let one = try files[0].read(upToCount: 1 << 20) ?? Data()
      let two = try files[1].read(upToCount: 1 << 20) ?? Data()
      let equal = zip(one, two).prefix { $0 == $1 }.count
      offset += equal
      if equal < max(one.count, two.count) || one.isEmpty { return offset }
    }
  }
}
