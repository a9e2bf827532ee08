/// What a check of a store found.
package struct CacheReport: Sendable, Equatable {
  /// Objects and records that were looked at.
  package var objects = 0
  package var records = 0
  package var findings: [CacheFinding] = []

  /// Whether something that had been stored is lost or wrong.
  package var hasDamage: Bool { findings.contains(where: \.isDamage) }
}

/// One thing that is not as it should be in a store.
package enum CacheFinding: Sendable, Equatable {
  case damagedObject(Digest, reason: String)
  /// Something in `objects/` that is no object, or in `records/` that is called like a journal and none.
  case stray(path: String)
  /// A record of whose objects some are missing or damaged.
  case incompleteRecord(branch: String, run: String, missing: [Digest])
  case damagedFrame(journal: String, offset: Int, length: Int)
  /// The last frame of a journal whose writer died, or is writing just now.
  case tornFrame(journal: String, offset: Int, length: Int)
  case damagedIndex(reason: String)
  /// The index is locked or cannot be reached: nobody can say whether it is whole.
  case unusableIndex(reason: String)
  /// Records that the journals have and the index has not, and the other way round.
  case indexDiffers(missing: Int, extra: Int)
  /// Files that processes which have ended were writing.
  case abandonedFiles(count: Int)
}

extension CacheFinding {
  /// Whether something stored is lost or wrong; the others are traces of interrupted processes.
  package var isDamage: Bool {
    switch self {
    case .damagedObject, .stray, .incompleteRecord, .damagedFrame, .damagedIndex: true
    case .indexDiffers(_, let extra): extra > 0
    case .tornFrame, .abandonedFiles, .unusableIndex: false
    }
  }

  /// What repairing does about it.
  package var remedy: String {
    switch self {
    case .damagedObject, .stray: "moved to quarantine"
    case .incompleteRecord: "record dropped; the branch runs again when it is needed"
    case .damagedFrame:
      "journal written anew without the damaged bytes; the old one is in quarantine"
    case .tornFrame: "journal written anew without the unfinished record"
    case .damagedIndex, .unusableIndex, .indexDiffers: "index made anew from the journals"
    case .abandonedFiles: "removed"
    }
  }
}

extension CacheFinding: CustomStringConvertible {
  package var description: String {
    switch self {
    case .damagedObject(let digest, let reason): "object \(digest) is damaged: \(reason)"
    case .stray(let path): "\(path) is no part of the cache"
    case .incompleteRecord(let branch, let run, let missing):
      "the record of \(branch) (run \(run)) lacks "
        + missing.map { "object \($0.short)" }.joined(separator: ", ")
    case .damagedFrame(let journal, let offset, let length):
      "records/\(journal): \(length) bytes at \(offset) are damaged"
    case .tornFrame(let journal, let offset, let length):
      "records/\(journal): the last \(length) bytes (from \(offset)) are an unfinished record"
    case .damagedIndex(let reason): "the index is damaged: \(reason)"
    case .unusableIndex(let reason): "the index cannot be used: \(reason)"
    case .indexDiffers(let missing, let extra):
      "the index lacks \(missing) records and has \(extra) that the journals have not"
    case .abandonedFiles(let count): "\(count) files of processes that have ended"
    }
  }
}
