#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why the cache could not do what was asked.
///
/// A miss is a value, not an error.
package enum CacheError: Error, Sendable, Equatable {
  /// The object's bytes are not what its name says. It has been moved to quarantine where possible.
  case corrupt(Digest, path: String, reason: String)
  /// The object is not in the store.
  case missing(Digest)
  /// A file operation failed for a reason that has no case of its own.
  case io(operation: String, path: String, errno: Int32)
  /// Disk or quota is full.
  case noSpace(path: String)
  /// The file system is mounted read-only, or the cache was opened for reading only.
  case readOnly(path: String)
  case notPermitted(path: String)
  /// `gc` or a repair has the cache to itself. Who holds it, where that is known.
  case inExclusiveUse(path: String, by: ExclusiveUse?)
  /// The cache is wanted for exclusive use, but other processes are using it.
  case inUse(path: String)
  /// Written by a later version of the program.
  case newerFormat(path: String, found: Int, supported: Int)
  /// The folder's `format` file is not one of ours.
  case notACache(path: String, found: String)
  /// The folder has no `format` file, but holds what is called like parts of a store, or of a project's
  /// state.
  case occupied(path: String, by: [String], isStore: Bool)
  /// A file grew or shrank while it was being stored.
  case changedWhileReading(path: String)
  /// A value that cannot be stored or was not stored by us; says which and why.
  case invalid(String)
  /// The index could not be used; the journals have everything that it knows.
  case index(String)
  /// The waiting task was cancelled.
  case cancelled
}

/// A process that has the cache to itself, as it describes itself in `locks`.
package struct ExclusiveUse: Sendable, Hashable {
  package let process: Int32
  package let host: String
  /// What it is doing: `gc`, `check --repair`.
  package let purpose: String

  package init(process: Int32, host: String, purpose: String) {
    self.process = process
    self.host = host
    self.purpose = purpose
  }
}

extension CacheError {
  /// The error for a failed system call.
  static func system(_ operation: String, _ path: String, _ code: Int32) -> CacheError {
    switch code {
    case ENOSPC, EDQUOT: .noSpace(path: path)
    case EROFS: .readOnly(path: path)
    case EACCES, EPERM: .notPermitted(path: path)
    default: .io(operation: operation, path: path, errno: code)
    }
  }

  /// Whether this is the failure of a system call with `code`.
  func isSystem(_ code: Int32) -> Bool {
    if case .io(_, _, code) = self { true } else { false }
  }
}

extension CacheError {
  var isAlreadyThere: Bool { isSystem(EEXIST) }
  var isNotThere: Bool { isSystem(ENOENT) }
}

extension CacheError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .corrupt(let digest, let path, let reason):
      "object \(digest.short) is damaged (\(reason)): \(path); it will be made again when it is needed"
    case .missing(let digest):
      "object \(digest.short) is not in the cache; run the stage that makes it again"
    case .io(let operation, let path, let code):
      "cannot \(operation) \(path): \(String(cString: strerror(code)))"
    case .noSpace(let path):
      "no space left for \(path): free some (`pipe cache gc` removes what nothing needs), then run again; what is finished is kept"
    case .readOnly(let path):
      "\(path) is read-only: make it writable, or name another cache with --cache"
    case .notPermitted(let path):
      "no permission for \(path): change its owner or mode, or name another cache with --cache"
    case .inExclusiveUse(let path, let holder?):
      "the cache \(path) is in exclusive use by process \(holder.process) on \(holder.host) (\(holder.purpose)): try again when it has ended"
    case .inExclusiveUse(let path, nil):
      "the cache \(path) is in exclusive use by another process: try again when it has ended"
    case .inUse(let path):
      "the cache \(path) is in use by other processes: try again when they have ended"
    case .newerFormat(let path, let found, let supported):
      "\(path) has format \(found), but this program knows formats up to \(supported): use a newer pipe, or name another cache with --cache"
    case .notACache(let path, let found):
      "\(path) should say “\(StoreFormat.text)” but says “\(found)”: if the folder is a cache of pipe, correct that file, else name another folder with --cache"
    case .occupied(let path, let names, let isStore):
      "\(path) was not made by pipe, but holds \(names.map { "“\($0)”" }.joined(separator: ", ")), a name that pipe has a use for: move that away\(isStore ? ", or name another folder with --cache" : ""); if pipe made the folder and only its file `format` is lost, write “\(StoreFormat.text)” into \(path)/format"
    case .changedWhileReading(let path):
      "\(path) changed while it was being stored: run again when nothing else writes it"
    case .invalid(let reason):
      reason
    case .index(let reason):
      "the index of the cache cannot be used (\(reason)); it can be deleted, since it is rebuilt from the records"
    case .cancelled:
      "cancelled while waiting for another run"
    }
  }
}
