import Foundation
import GRDB

extension CacheIndex {
  /// All journals that the index knows, by name.
  func journals() throws(IndexFailure) -> [String: IndexedJournal] {
    try read { try Self.journals($0) }
  }

  /// The records of one key, in no order.
  func entries(for key: Digest) throws(IndexFailure) -> [IndexEntry] {
    try read { database in
      let names = try Self.journalNames(database)
      let statement = try database.cachedStatement(
        sql: "SELECT key, entry FROM records WHERE key = ?")
      let rows = try Row.fetchCursor(statement, arguments: [Data(key.bytes)])
      var entries: [IndexEntry] = []
      while let row = try rows.next() {
        let (found, _, entry) = try Self.take(row, names) { _ in true }
        if found == key, let entry { entries.append(entry) }
      }
      return entries
    }
  }

  /// Reads every row in the order of keys and gives the entries whose key is wanted.
  ///
  /// Throws ``IndexFailure/damaged(_:)`` unless all rows are whole, in order, and as many and the same
  /// as were written: only then does a key that is not found have no record.
  func scan(
    where isWanted: @Sendable (Digest) -> Bool = { _ in true }
  ) throws(IndexFailure) -> [IndexEntry] {
    try read { database in
      let journals = try Self.journals(database)
      let names = Dictionary(uniqueKeysWithValues: journals.map { ($1.id, $0) })
      var counted: [Int64: IndexedJournal] = [:]
      var entries: [IndexEntry] = []
      var previous: Digest?
      let rows = try Row.fetchCursor(
        database.cachedStatement(sql: "SELECT key, entry FROM records ORDER BY key"))
      while let row = try rows.next() {
        let (key, mark, entry) = try Self.take(row, names, where: isWanted)
        if let previous, key < previous { throw IndexFailure.damaged("its rows are out of order") }
        previous = key
        counted[mark.journal, default: IndexedJournal(id: mark.journal)].add(mark.sum)
        if let entry { entries.append(entry) }
      }
      for (name, journal) in journals {
        let found = counted[journal.id] ?? IndexedJournal(id: journal.id)
        if found.rows != journal.rows || found.sum != journal.sum {
          throw IndexFailure.damaged(
            "it has \(found.rows) rows of \(name) and should have \(journal.rows)")
        }
      }
      return entries
    }
  }

  /// Adds entries of one journal and notes how far it has been read.
  ///
  /// Entries that are already there are left alone. `start` is where reading began: the note is only
  /// moved when nothing is left out between.
  func add(
    _ entries: [IndexEntry], of journal: String, from start: Int, to end: Int, size: Int
  ) throws(IndexFailure) {
    try write { database in
      var state = try Self.state(of: journal, database)
      let insert = try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO records (key, journal, offset, entry) VALUES (?, ?, ?, ?)")
      for entry in entries {
        let row = IndexRow.encode(entry, journal: state.id)
        try insert.execute(
          arguments: [Data(entry.summary.key.bytes), state.id, entry.offset, Data(row)])
        if database.changesCount > 0 { state.count(row) }
      }
      if start <= state.end, end >= state.end {
        state.end = end
        state.size = max(state.size, size)
      }
      try database.execute(
        sql: "UPDATE journals SET state = ? WHERE id = ?",
        arguments: [Data(state.encoded(name: journal)), state.id])
    }
  }

  /// Forgets everything that came from a journal.
  func forget(_ journal: String) throws(IndexFailure) {
    try write { database in
      let state = try Self.state(of: journal, database)
      try database.execute(sql: "DELETE FROM records WHERE journal = ?", arguments: [state.id])
      try database.execute(sql: "DELETE FROM journals WHERE id = ?", arguments: [state.id])
    }
  }
}

// MARK: - Rows

extension CacheIndex {
  private static func journals(_ database: Database) throws -> [String: IndexedJournal] {
    var journals: [String: IndexedJournal] = [:]
    let rows = try Row.fetchCursor(
      database.cachedStatement(sql: "SELECT id, name, state FROM journals"))
    while let row = try rows.next() {
      guard let id = Int64.fromDatabaseValue(row[0]), let name = String.fromDatabaseValue(row[1]),
        let state = Data.fromDatabaseValue(row[2])
      else { throw IndexFailure.damaged("a row of journals is damaged") }
      journals[name] = try IndexedJournal(decoding: Array(state), id: id, name: name)
    }
    return journals
  }

  private static func journalNames(_ database: Database) throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    for (name, journal) in try journals(database) { names[journal.id] = name }
    return names
  }

  /// The journal's state; a new row when there was none.
  private static func state(of journal: String, _ database: Database) throws -> IndexedJournal {
    let select = try database.cachedStatement(sql: "SELECT id, state FROM journals WHERE name = ?")
    if let row = try Row.fetchOne(select, arguments: [journal]) {
      guard let id = Int64.fromDatabaseValue(row[0]), let state = Data.fromDatabaseValue(row[1])
      else { throw IndexFailure.damaged("a row of journals is damaged") }
      return try IndexedJournal(decoding: Array(state), id: id, name: journal)
    }
    try database.execute(
      sql: "INSERT INTO journals (name, state) VALUES (?, ?)", arguments: [journal, Data()])
    return IndexedJournal(id: database.lastInsertedRowID)
  }

  private struct Mark {
    let journal: Int64
    let sum: UInt64
  }

  /// A verified row: its key, what it adds to its journal's sum, and its entry where that is wanted.
  private static func take(
    _ row: Row, _ names: [Int64: String], where isWanted: (Digest) -> Bool
  ) throws -> (Digest, Mark, IndexEntry?) {
    let key = try row.withUnsafeData(atIndex: 0) { $0?.withUnsafeBytes(Digest.init(raw:)) }
    return try row.withUnsafeData(atIndex: 1) { data in
      guard let data else { throw IndexFailure.damaged("a row has no entry") }
      return try data.withUnsafeBytes { bytes in
        guard let (found, sum) = IndexRow.verify(bytes), found == key else {
          throw IndexFailure.damaged("the row of key \(key?.short ?? "?") is damaged")
        }
        let mark = Mark(journal: IndexRow.journal(bytes), sum: sum)
        guard let name = names[mark.journal] else {
          throw IndexFailure.damaged("a row names a journal that it does not know")
        }
        return (found, mark, isWanted(found) ? try IndexRow.decode(bytes, journal: name) : nil)
      }
    }
  }
}
