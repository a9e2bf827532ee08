import Foundation
import GRDB

extension CacheIndex {
  /// All journals that the index knows, by name.
  func journals() throws(IndexFailure) -> [String: IndexedJournal] {
    try read { try Self.journals($0) }
  }

  /// Number of rows, as the states tell.
  func rowCount() throws(IndexFailure) -> Int {
    try journals().values.reduce(0) { $0 + $1.rows }
  }

  /// The records of these keys, key by key in the order given.
  ///
  /// Each key's are those of one moment; between two keys another process may write.
  func entries(for keys: [Digest]) throws(IndexFailure) -> [IndexEntry] {
    try readEach { database in
      try keys.flatMap { try Self.entries(for: $0, database) }
    }
  }

  /// Reads every row and gives the entries whose key is wanted, in the order of keys.
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
      try Self.forEachRow(database.cachedStatement(sql: "SELECT entry FROM records ORDER BY entry"))
      {
        mark, bytes in
        if let previous, mark.key < previous {
          throw IndexFailure.damaged("its rows are out of order")
        }
        previous = mark.key
        counted[mark.journal, default: IndexedJournal(id: mark.journal)].add(mark)
        if isWanted(mark.key) { entries.append(try Self.entry(mark, bytes, names)) }
      }
      try Self.check(journals, against: counted)
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
        sql: "INSERT OR IGNORE INTO records (entry) VALUES (?)")
      for entry in entries {
        let row = IndexRow.encode(entry, journal: state.id)
        try insert.execute(arguments: [Data(row)])
        if database.changesCount > 0, let mark = row.withUnsafeBytes(IndexRow.verify) {
          state.add(mark)
        }
      }
      if start <= state.end, end >= state.end {
        state.end = end
        state.size = max(state.size, size)
      }
      try database.cachedStatement(sql: "UPDATE journals SET state = ? WHERE id = ?")
        .execute(arguments: [Data(state.encoded(name: journal)), state.id])
    }
  }

  /// Forgets everything that came from a journal.
  func forget(_ journal: String) throws(IndexFailure) {
    try write { database in
      let state = try Self.state(of: journal, database)
      var rows: [Data] = []
      try Self.forEachRow(database.cachedStatement(sql: "SELECT entry FROM records")) {
        mark, bytes in
        if mark.journal == state.id { rows.append(Data(bytes)) }
      }
      let delete = try database.cachedStatement(sql: "DELETE FROM records WHERE entry = ?")
      for row in rows { try delete.execute(arguments: [row]) }
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

  private static func entries(for key: Digest, _ database: Database) throws -> [IndexEntry] {
    // No entry follows its key with four bytes of ones: they are the length of the stage's name.
    let (lower, upper) = (key.bytes, key.bytes + [0xFF, 0xFF, 0xFF, 0xFF])
    let select = try database.cachedStatement(
      sql: "SELECT entry FROM records WHERE entry >= ? AND entry < ?")
    select.arguments = [Data(lower), Data(upper)]
    var names: [Int64: String] = [:]
    var entries: [IndexEntry] = []
    try forEachRow(select) { mark, bytes in
      if names.isEmpty { names = try journalNames(database) }
      if mark.key == key { entries.append(try entry(mark, bytes, names)) }
    }
    return entries
  }

  /// Gives every row of a query, verified; throws at the first that is damaged.
  private static func forEachRow(
    _ statement: Statement, _ body: (IndexRow.Mark, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(statement)
    while let row = try rows.next() {
      try row.withUnsafeData(atIndex: 0) { data in
        try (data ?? Data()).withUnsafeBytes { bytes in
          guard let mark = IndexRow.verify(bytes) else {
            throw IndexFailure.damaged("a row is damaged")
          }
          try body(mark, bytes)
        }
      }
    }
  }

  private static func entry(
    _ mark: IndexRow.Mark, _ bytes: UnsafeRawBufferPointer, _ names: [Int64: String]
  ) throws -> IndexEntry {
    guard let name = names[mark.journal] else {
      throw IndexFailure.damaged("a row names a journal that it does not know")
    }
    return try IndexRow.decode(bytes, journal: name)
  }

  private static func check(
    _ journals: [String: IndexedJournal], against counted: [Int64: IndexedJournal]
  ) throws(IndexFailure) {
    var unexplained = counted
    for (name, journal) in journals {
      let found = unexplained.removeValue(forKey: journal.id) ?? IndexedJournal(id: journal.id)
      if found.rows != journal.rows || found.sum != journal.sum {
        throw .damaged("it has \(found.rows) rows of \(name) and should have \(journal.rows)")
      }
    }
    if !unexplained.isEmpty { throw .damaged("a row names a journal that it does not know") }
  }
}
