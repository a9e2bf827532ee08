import GRDB

extension CacheIndex {
  /// The version of the tables, kept in `PRAGMA user_version`; another one means: rebuild.
  ///
  /// History:
  /// - 1: first.
  static let schemaVersion = 1

  /// A row of `records` is nothing but its ``IndexRow``, which begins with the key; the table is the
  /// very tree that lookups descend, so that reading it in order checks it.
  private static let schema = """
    CREATE TABLE journals (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      state BLOB NOT NULL
    );
    CREATE TABLE records (entry BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
    PRAGMA user_version = \(schemaVersion);
    """

  /// Makes the tables of a new index.
  ///
  /// One write that looks first: several processes that open a new index at once do not disturb each
  /// other.
  @Sendable static func prepareSchema(_ database: Database) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    if version == 0, tables == 0 {
      try database.execute(sql: schema)
    } else {
      try checkVersion(database)
    }
  }

  @Sendable static func checkVersion(_ database: Database) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if version != schemaVersion {
      throw IndexFailure.damaged("schema \(version) instead of \(schemaVersion)")
    }
  }
}
