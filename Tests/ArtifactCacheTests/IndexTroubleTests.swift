import ArtifactCache
import Foundation
import TestSupport
import Testing

/// An index that cannot be used costs time and is told once; it never changes an answer.
@Suite struct IndexTroubleTests {
  private static let files = ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"]

  private func commit(_ number: Int, to cache: Cache, run: String) throws -> Record {
    let output = try cache.objects.put(Array("output \(number)".utf8))
    let made = record("branch-\(number)", output: output, started: Double(number), run: run)
    try cache.commit(made)
    return made
  }

  private func expectRightAnswers(_ cache: Cache, _ made: [Record]) throws {
    for record in made { #expect(try cache.record(for: record.key) == record) }
    #expect(try cache.record(for: .of("never made")) == nil)
    #expect(try cache.summaries(for: made.map { .init($0.key) }) == made.map(\.summary))
  }

  /// Opens the store anew: it has everything, and the one after that has nothing to tell.
  private func expectHealed(_ folder: String, _ made: [Record]) throws {
    try expectRightAnswers(try openCache(folder), made)
    let notices = Notices()
    let cache = try openCache(folder, notices)
    try expectRightAnswers(cache, made)
    #expect(notices.all == [])
    #expect(try cache.check(repair: false).findings == [])
    #expect(try SystemFiles().status(at: folder + "/unindexed") == nil)
  }

  private func isUnavailable(_ notice: CacheNotice) -> Bool {
    if case .indexUnavailable = notice { true } else { false }
  }

  // MARK: Before it is opened

  @Test(
    "A reader believes the index no longer than its journals are there", arguments: [true, false])
  func journalsThatAreGone(entirely: Bool) async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 5)
      let names = try SystemFiles().list(folder + "/records")
      for name in names {
        let path = "\(folder)/records/\(name)"
        if entirely {
          try SystemFiles().remove(path)
        } else {
          let bytes = try #require(FileManager.default.contents(atPath: path))
          try write(Array(bytes.prefix(bytes.count / 2)), path)
        }
      }
      let notices = Notices()
      let reader = try openCache(folder, readOnly: true, notices)
      let left = try made.filter { try reader.record(for: $0.key) != nil }
      #expect(entirely ? left.isEmpty : left.count < made.count)
      #expect(notices.all.count { isUnavailable($0) } == 1, "\(notices.all)")
      let writer = try openCache(folder)
      #expect(
        try writer.summaries(for: made.map { .init($0.key) }).compactMap(\.self)
          == left.map(\.summary))
    }
  }

  @Test(arguments: files)
  func aFolderInItsPlaceIsSetAside(name: String) async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 5)
      try? SystemFiles().remove("\(folder)/\(name)")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)/inside", withIntermediateDirectories: true)
      let reader = try openCache(folder, readOnly: true)
      try expectRightAnswers(reader, made)
      if name != Self.files[2] {
        let findings = try reader.check(repair: false).findings
        #expect(findings.count == 1 && "\(findings)".contains("the index"), "\(findings)")
      }
      let notices = Notices()
      try expectRightAnswers(try openCache(folder, notices), made)
      guard case .indexRebuilt(_, made.count, let place?) = notices.all.first else {
        Issue.record("unexpected: \(notices.all)")
        return
      }
      #expect(notices.all.count == 1)
      let suffix = name.dropFirst("index.sqlite".count)
      #expect(try SystemFiles().list(place + suffix) == ["inside"], "set aside, not removed")
      try expectHealed(folder, made)
    }
  }

  /// Looking changes nothing, but says what is wrong.
  @Test func aCheckNamesGarbage() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 5)
      try write(noise(20_000), folder + "/index.sqlite")
      let report = try openCache(folder, readOnly: true).check(repair: false)
      #expect(report.hasDamage)
      guard case .damagedIndex = report.findings.first, report.findings.count == 1 else {
        Issue.record("unexpected: \(report.findings)")
        return
      }
      try expectHealed(folder, made)
    }
  }

  // MARK: While it is open

  enum Disturbance: String, CaseIterable, Sendable {
    case deletedLog, deletedMap, deletedBoth, shortenedLog, emptiedLog, deletedAll,
      replacedByGarbage
    case overwritten, overwrittenLog, replacedByFolder

    func apply(to folder: String) throws {
      let files = IndexTroubleTests.files.map { "\(folder)/\($0)" }
      let (database, log, map) = (files[0], files[1], files[2])
      switch self {
      case .deletedLog: try SystemFiles().remove(log)
      case .deletedMap: try SystemFiles().remove(map)
      case .deletedBoth: for file in [log, map] { try SystemFiles().remove(file) }
      case .shortenedLog: try shorten(log, to: (read(log).count / 2))
      case .emptiedLog: try shorten(log, to: 0)
      case .deletedAll: for file in files { try SystemFiles().remove(file) }
      case .replacedByGarbage:
        try SystemFiles().remove(database)
        try write(noise(20_000), database)
      case .overwritten: try overwrite(database)
      case .overwrittenLog: try overwrite(log)
      case .replacedByFolder:
        try SystemFiles().remove(database)
        try FileManager.default.createDirectory(
          atPath: database, withIntermediateDirectories: false)
      }
    }

    private func shorten(_ path: String, to size: Int) throws {
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      try handle.truncate(atOffset: UInt64(size))
      try handle.close()
    }

    /// Other bytes in the same file, as a stray program would leave.
    private func overwrite(_ path: String) throws {
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      let size = try handle.seekToEnd()
      try handle.seek(toOffset: 0)
      try handle.write(contentsOf: Data(noise(Int(size))))
      try handle.close()
    }
  }

  /// Two processes have the store open, one of them writes; then the index is spoilt.
  @Test(arguments: Disturbance.allCases)
  func itIsSpoiltWhileItIsInUse(how: Disturbance) async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (Notices(), Notices())
      var one: Cache? = try openCache(folder, first)
      var two: Cache? = try openCache(folder, second)
      var made: [Record] = []
      for number in 0..<20 { made.append(try commit(number, to: try #require(one), run: "run-1")) }
      try expectRightAnswers(try #require(two), made)
      try how.apply(to: folder)
      for number in 20..<40 {
        let (writer, run) = number.isMultiple(of: 2) ? (one, "run-1") : (two, "run-2")
        made.append(try commit(number, to: try #require(writer), run: run))
      }
      for cache in [one, two] { try expectRightAnswers(try #require(cache), made) }
      try expectRightAnswers(try openCache(folder), made)
      try expectRightAnswers(try openCache(folder, readOnly: true), made)
      for notices in [first, second] {
        #expect(notices.all.count { isUnavailable($0) } <= 1, "it is told once: \(notices.all)")
      }
      one = nil
      two = nil
      try expectHealed(folder, made)
    }
  }

  #if os(Linux)
    /// Another process has an exclusive transaction for longer than anybody waits.
    @Test func itIsLockedForLong() async throws {
      try await withTemporaryFolder { folder in
        var made = try fill(folder, count: 5)
        let holder = try Holder(of: folder + "/index.sqlite")
        let notices = Notices()
        var cache: Cache? = try openCache(folder, notices)
        for number in 5..<80 { made.append(try commit(number, to: try #require(cache), run: "r")) }
        try expectRightAnswers(try #require(cache), made)
        try expectRightAnswers(try openCache(folder, readOnly: true), made)
        #expect(notices.all.count == 1 && notices.all.allSatisfy(isUnavailable), "\(notices.all)")
        let report = try #require(cache).check(repair: false)
        guard case .unusableIndex = report.findings.first, !report.hasDamage else {
          Issue.record("unexpected: \(report.findings)")
          return
        }
        cache = nil
        holder.end()
        try expectHealed(folder, made)
      }
    }

    /// The lock comes when rows already wait: they are not lost, and nobody waits twice.
    @Test func itIsLockedInTheMiddle() async throws {
      try await withTemporaryFolder { folder in
        let notices = Notices()
        var cache: Cache? = try openCache(folder, notices)
        var made = try (0..<5).map { try commit($0, to: try #require(cache), run: "r") }
        let holder = try Holder(of: folder + "/index.sqlite")
        let start = ContinuousClock.now
        for number in 5..<200 { made.append(try commit(number, to: try #require(cache), run: "r")) }
        try cache?.flush()
        #expect(ContinuousClock.now - start < .seconds(9), "it waited more than once")
        try expectRightAnswers(try #require(cache), made)
        #expect(notices.all.count == 1 && notices.all.allSatisfy(isUnavailable), "\(notices.all)")
        cache = nil
        holder.end()
        try expectHealed(folder, made)
      }
    }

    /// A process that locks a database until it is killed.
    private final class Holder {
      private let process = Process()

      init(of path: String) throws {
        let code = """
          import sqlite3, sys, time
          database = sqlite3.connect(sys.argv[1], isolation_level=None)
          database.execute('BEGIN EXCLUSIVE')
          print('locked', flush=True)
          time.sleep(60)
          """
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", code, path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = try output.fileHandleForReading.read(upToCount: 6)
        #expect(said == Data("locked".utf8))
      }

      /// SIGTERM would be blocked, as it is in this process.
      func end() {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
      }

      deinit { end() }
    }
  #endif
}
