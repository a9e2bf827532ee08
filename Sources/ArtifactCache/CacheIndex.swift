import GRDB

/// Why the index cannot be used.
enum IndexFailure: Error {
  /// Its bytes are wrong; nothing in it is to be believed.
  case damaged(String)
  /// It is locked, unreachable, or the disk is full.
  case unavailable(String)
}

/// The SQLite index of the records: by key, where the frame is and what the record says.
///
/// Derived from the journals and disposable. Each row carries a digest of itself, which every use
/// verifies, and each journal's row the number and the sum of its rows, which ``audit()`` verifies: so
/// neither a flipped value nor a lost row is believed. The only type that knows GRDB (with its schema).
final class CacheIndex: Sendable {
  let queue: DatabaseQueue

  /// What is appended to the path of an index for each of its files.
  static let suffixes = ["", "-wal", "-shm"]
  /// Seconds to wait for another process that is writing: its transactions take milliseconds.
  private static let patience = 5.0

  /// Opens the index, or makes an empty one where none is (unless `isReadOnly`).
  init(path: String, isReadOnly: Bool) throws(IndexFailure) {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.busyMode = .timeout(Self.patience)
    configuration.prepareDatabase { database in
      // Not with GRDB's setting, which makes and drops a table at each opening.
      if !isReadOnly { try database.execute(sql: "PRAGMA journal_mode = WAL") }
      // What a power cut breaks is noticed and made anew; waiting for the disk would gain nothing.
      try database.execute(sql: "PRAGMA synchronous = OFF")
    }
    queue = try Self.reporting {
      try DatabaseQueue(path: path, configuration: configuration)
    }
    try Self.reporting {
      if isReadOnly {
        try queue.read(Self.checkVersion)
      } else {
        try queue.write(Self.prepareSchema)
      }
    }
  }

  /// Ends all use of the files.
  func close() {
    try? queue.close()
  }

  func read<Result: Sendable>(
    _ body: @Sendable (Database) throws -> Result
  ) throws(IndexFailure) -> Result {
    try Self.reporting { try queue.read(body) }
  }

  /// Like ``read(_:)``, but without a transaction around all of `body`, which costs several times what
  /// a question for one key does.
  ///
  /// As long as a query gives rows, others within it see what it sees.
  func readEach<Result: Sendable>(
    _ body: @Sendable (Database) throws -> Result
  ) throws(IndexFailure) -> Result {
    try Self.reporting { try queue.unsafeRead(body) }
  }

  func write<Result: Sendable>(
    _ body: @Sendable (Database) throws -> Result
  ) throws(IndexFailure) -> Result {
    try Self.reporting { try queue.write(body) }
  }

  private static func reporting<Result>(
    _ body: () throws -> Result
  ) throws(IndexFailure) -> Result {
    do {
      return try body()
    } catch let failure as IndexFailure {
      throw failure
    } catch let error as DatabaseError {
      let text = error.message ?? "SQLite error \(error.resultCode.rawValue)"
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_ERROR, .SQLITE_MISMATCH,
        .SQLITE_SCHEMA, .SQLITE_INTERNAL, .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_NOMEM,
        .SQLITE_EMPTY, .SQLITE_RANGE:
        throw .damaged(text)
      case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY:
        // Its header says so; a file or folder that may not be written to has codes of its own.
        throw .damaged(text)
      default:
        throw .unavailable(text)
      }
    } catch {
      throw .damaged("\(error)")
    }
  }
}
