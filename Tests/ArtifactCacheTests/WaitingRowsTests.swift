import ArtifactCache
import TestSupport
import Testing

/// Rows of the index that wait until there are many: nobody may miss what they would tell.
@Suite struct WaitingRowsTests {
  /// Rows that wait at most: with so many the index is written.
  private static let limit = 64

  private func commit(
    _ numbers: Range<Int>, to cache: Cache, run: String = "run-1"
  ) throws -> [Record] {
    try numbers.map { number in
      let output = try cache.objects.put(Array("output \(number)".utf8))
      let made = record("branch-\(number)", output: output, started: Double(number), run: run)
      try cache.commit(made)
      return made
    }
  }

  private func expectAll(_ made: [Record], in cache: Cache) throws {
    for record in made { #expect(try cache.record(for: record.key) == record) }
    #expect(try cache.summaries(for: made.map { .init($0.key) }) == made.map(\.summary))
    #expect(try cache.record(for: .of("never made")) == nil)
  }

  /// A process that dies leaves rows unwritten: whoever comes next takes them from the journal.
  @Test(arguments: [1, 2, 63, 64, 65, 130])
  func whatADeadProcessHadNotIndexedIsFound(count: Int) async throws {
    try await withTemporaryFolder { folder in
      // Neither flushed nor closed until the others have looked.
      let dead = try openCache(folder)
      let made = try commit(0..<count, to: dead)
      let reader = Notices()
      try expectAll(made, in: try openCache(folder, readOnly: true, reader))
      #expect(reader.all == [])

      let waiting = count % Self.limit
      let notices = Notices()
      let next = try openCache(folder, notices)
      try expectAll(made, in: next)
      #expect(notices.all == (waiting == 0 ? [] : [.indexCaughtUp(records: waiting)]))
      #expect(try next.check(repair: false).findings == [])
      withExtendedLifetime(dead) {}
    }
  }

  @Test func oneProcessAfterAnotherDies() async throws {
    try await withTemporaryFolder { folder in
      var dead: [Cache] = []
      var made: [Record] = []
      for round in 0..<5 {
        let cache = try openCache(folder)
        try expectAll(made, in: cache)
        made += try commit(round * 7..<(round + 1) * 7, to: cache, run: "run-\(round)")
        dead.append(cache)
      }
      try expectAll(made, in: try openCache(folder))
      // At last all of them end after all, each with rows that the index has by now.
      dead = []
      let notices = Notices()
      let last = try openCache(folder, notices)
      try expectAll(made, in: last)
      #expect(notices.all == [])
      #expect(try last.check(repair: false).findings == [])
    }
  }

  /// From the moment a second process has the store open, it sees every record at once.
  @Test func whoComesInTheMiddleSeesEverything() async throws {
    try await withTemporaryFolder { folder in
      let one = try openCache(folder)
      var made = try commit(0..<10, to: one)
      do {
        let two = try openCache(folder)
        try expectAll(made, in: two)
        for number in 10..<20 {
          let (writer, reader) = number.isMultiple(of: 2) ? (one, two) : (two, one)
          made += try commit(
            number..<number + 1, to: writer, run: number.isMultiple(of: 2) ? "run-1" : "run-2")
          #expect(try reader.record(for: made[number].key) == made[number])
        }
      }
      // Alone again: what is made now waits again.
      made += try commit(20..<25, to: one)
      let notices = Notices()
      try expectAll(made, in: try openCache(folder, notices))
      #expect(notices.all == [.indexCaughtUp(records: 5)])
    }
  }

  @Test func aFlushIndexesWhatWaits() async throws {
    try await withTemporaryFolder { folder in
      let one = try openCache(folder)
      let made = try commit(0..<10, to: one)
      try one.flush()
      let notices = Notices()
      try expectAll(made, in: try openCache(folder, notices))
      #expect(notices.all == [])
    }
  }

  /// A second run begins while rows of the first one wait; together they make each record once.
  @Test(arguments: [1, 30, 63])
  func aRunThatComesInTheMiddleRepeatsNothing(lead: Int) async throws {
    try await withTemporaryFolder { folder in
      let one = try openCache(folder)
      #expect(try await makeAll(in: one, run: "run-1", count: lead) == lead)
      let two = try openCache(folder)
      let made = try await withThrowingTaskGroup(of: Int.self) { group in
        for (run, cache) in [("run-1", one), ("run-2", two)] {
          group.addTask { try await makeAll(in: cache, run: run, count: 100) }
        }
        return try await group.reduce(0, +)
      }
      #expect(made == 100 - lead)
      let report = try openCache(folder).check(repair: false)
      #expect(report.records == 100)
      #expect(report.findings == [])
    }
  }
}

/// What `pipe run` does for each branch: look up, lock, look up again, make; gives how many it made.
func makeAll(in cache: Cache, run: String, count: Int) async throws -> Int {
  var made = 0
  for number in 0..<count {
    let name = "branch-\(number)"
    if try cache.record(for: .of(name)) != nil { continue }
    let lock = try await cache.lock(.of(name))
    if try cache.record(for: .of(name)) == nil {
      let output = try cache.objects.put(Array("output of \(name)".utf8))
      try cache.commit(record(name, output: output, run: run))
      made += 1
    }
    lock.release()
  }
  return made
}
