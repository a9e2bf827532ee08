/// Something the cache noticed and coped with.
///
/// Results are right; people should hear of it.
package enum CacheNotice: Sendable, Equatable {
  /// A damaged object was moved out of the store; nil when that was impossible (read-only).
  case quarantined(Digest, reason: String, movedTo: String?)
  /// The index was made anew from `records` frames, or caught up with some.
  case indexRebuilt(reason: String, records: Int, setAside: String?)
  /// Records were indexed that their process had not: it ended before it could, or is about to.
  case indexCaughtUp(records: Int)
  /// The index cannot be used now; lookups read the journals instead.
  case indexUnavailable(reason: String)
  /// Two records with different outputs exist for one key. The first, made by `kept`, counts.
  case notReproducible(key: Digest, branch: String, kept: String, other: String)
  /// A frame was cut short by the end of its journal: the writer died, nothing finished is lost.
  case tornFrame(journal: String, offset: Int, length: Int)
  /// Bytes in a journal that are no frame; what they recorded is lost and will be made again.
  case damagedFrame(journal: String, offset: Int, length: Int)
  /// A file of the project's own state is damaged; what it held is forgotten.
  case stateForgotten(path: String, reason: String)
}

extension CacheNotice: CustomStringConvertible {
  package var description: String {
    switch self {
    case .quarantined(let digest, let reason, let place?):
      "object \(digest.short) was damaged (\(reason)) and is now \(place)"
    case .quarantined(let digest, let reason, nil):
      "object \(digest.short) is damaged (\(reason)) and could not be moved away"
    case .indexRebuilt(let reason, let records, let setAside):
      "index rebuilt from \(records) records (\(reason))"
        + (setAside.map { "; the old one is \($0)" } ?? "")
    case .indexCaughtUp(let records):
      "\(records) records indexed that their run had not indexed yet"
    case .indexUnavailable(let reason):
      "going on without the index (\(reason))"
    case .notReproducible(let key, let branch, let kept, let other):
      "\(branch) is not reproducible: runs \(kept) and \(other) have different outputs for key \(key.short); the first that was not invalidated counts"
    case .tornFrame(let journal, let offset, let length):
      "\(journal): the last \(length) bytes (from \(offset)) are an unfinished record, ignored"
    case .damagedFrame(let journal, let offset, let length):
      "\(journal): \(length) damaged bytes at \(offset) skipped; what they recorded will be made again"
    case .stateForgotten(let path, let reason):
      "\(path) is damaged (\(reason)) and was set aside"
    }
  }
}
