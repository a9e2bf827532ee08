/// Bytes by the digest of their content: `objects/ab/<digest>`.
///
/// An object is written under a temporary name and renamed, so that one that can be seen is whole. It
/// is read-only and never changed. Whatever is read is verified before it is given out; a damaged
/// object is moved to `quarantine/` and named, never deleted. Safe to use from any thread and from
/// several processes at once.
package final class ContentStore: Sendable {
  let layout: StoreLayout
  let files: any FileOperations
  let isReadOnly: Bool
  let onNotice: @Sendable (CacheNotice) -> Void

  init(
    layout: StoreLayout, files: any FileOperations, isReadOnly: Bool,
    onNotice: @escaping @Sendable (CacheNotice) -> Void
  ) {
    self.layout = layout
    self.files = files
    self.isReadOnly = isReadOnly
    self.onNotice = onNotice
  }

  /// Where an object is or would be stored.
  package func path(of digest: Digest) -> String { layout.object(digest) }

  /// Whether the object is there: a look at its file's size, which a full check follows only where
  /// another zlib may have stored the same content.
  package func isPresent(_ object: ObjectReference) -> Bool {
    guard let status = try? files.status(at: layout.object(object.digest)) else { return false }
    if status.size == object.storedSize { return true }
    return (try? verify(object)) != nil
  }

  /// The object with this content, or nil where the store has none.
  ///
  /// Reads and verifies all of it.
  package func reference(for digest: Digest) throws(CacheError) -> ObjectReference? {
    guard let reader = try ObjectReader.open(digest, in: layout, files) else { return nil }
    return try quarantining(digest, reader) { reader throws(CacheError) in
      try reader.read(expecting: nil, into: nil)
    }
  }

  /// Reads and verifies the whole object.
  ///
  /// Throws ``CacheError/corrupt(_:path:reason:)`` or ``CacheError/missing(_:)``.
  package func verify(_ object: ObjectReference) throws(CacheError) {
    _ = try withReader(of: object) { reader throws(CacheError) in
      try reader.read(expecting: object, into: nil)
    }
  }

  /// Removes what processes that have ended left in `temporary/`; files of other names are not ours.
  func removeAbandonedFiles(now: Double) throws(CacheError) {
    for path in try abandonedFiles(now: now) { try files.remove(path) }
  }

  func abandonedFiles(now: Double) throws(CacheError) -> [String] {
    var paths: [String] = []
    for name in try files.list(layout.temporary) {
      let path = layout.temporary + "/" + name
      guard let ours = TemporaryName(name), let status = try files.status(at: path),
        status.isRegular
      else { continue }
      if ours.isAbandoned(modified: status.modified, now: now) { paths.append(path) }
    }
    return paths
  }
}

// MARK: - Damage

extension ContentStore {
  /// Runs `body` on the object's file; damage found by it is quarantined.
  func withReader<Result>(
    of object: ObjectReference, _ body: (borrowing ObjectReader) throws(CacheError) -> Result
  ) throws(CacheError) -> Result {
    guard let reader = try ObjectReader.open(object.digest, in: layout, files) else {
      throw .missing(object.digest)
    }
    return try quarantining(object.digest, reader, body)
  }

  func quarantining<Result>(
    _ digest: Digest, _ reader: borrowing ObjectReader,
    _ body: (borrowing ObjectReader) throws(CacheError) -> Result
  ) throws(CacheError) -> Result {
    do throws(CacheError) {
      return try body(reader)
    } catch {
      if case .corrupt(_, _, let reason) = error {
        quarantine(digest, ifStillInode: reader.inode, reason: reason)
      }
      throw error
    }
  }

  /// Moves a damaged object away, unless another process has replaced it meanwhile.
  private func quarantine(_ digest: Digest, ifStillInode inode: UInt64, reason: String) {
    let path = layout.object(digest)
    guard let status = try? files.status(at: path), status.inode == inode else { return }
    let place = layout.quarantine + "/" + Quarantine.name(for: digest.description)
    var movedTo: String?
    if !isReadOnly {
      do throws(CacheError) {
        try files.makeFolders(layout.quarantine)
        try files.rename(path, to: place)
        movedTo = place
      } catch {
        movedTo = nil
      }
    }
    onNotice(.quarantined(digest, reason: reason, movedTo: movedTo))
  }
}
