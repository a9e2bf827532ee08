import ArtifactCache
import Foundation
import TestSupport
import Testing

@Suite struct ConcurrencyTests {
  @Test func severalRunsMakeEachRecordOnce() async throws {
    try await withTemporaryFolder { folder in
      let made = try await withThrowingTaskGroup(of: Int.self) { group in
        for run in 0..<4 {
          group.addTask {
            let cache = try openCache(folder)
            let made = try await makeAll(in: cache, run: "run-\(run)", count: 40)
            try cache.flush()
            return made
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(made == 40)
      let report = try openCache(folder).check(repair: false)
      #expect(report.records == 40)
      #expect(report.findings == [])
    }
  }

  /// Where the index cannot be opened a process goes without it; those who have it see its records.
  @Test func recordsMadeWithoutTheIndexAreSeen() async throws {
    try await withTemporaryFolder { folder in
      let index = folder + "/index.sqlite"
      // While somebody else has the store open, what is in the way of the index stays there.
      let other = try openCache(folder)
      for suffix in ["", "-wal", "-shm"] { try SystemFiles().remove(index + suffix) }
      try FileManager.default.createDirectory(atPath: index, withIntermediateDirectories: true)
      let notices = Notices()
      var without: Cache? = try openCache(folder, notices)
      #expect(notices.all.contains { if case .indexUnavailable = $0 { true } else { false } })
      try FileManager.default.removeItem(atPath: index)
      let with = try openCache(folder)
      #expect(try with.record(for: .of("first")) == nil)
      for name in ["first", "second"] {
        let output = try #require(without).objects.put(Array(name.utf8))
        let made = record(name, output: output, run: "run-without")
        try without?.commit(made)
        #expect(try with.record(for: made.key) == made)
        #expect(try with.summaries(for: [.init(made.key)]) == [made.summary])
        #expect(try openCache(folder, readOnly: true).record(for: made.key) == made)
      }
      let output = try with.objects.put(Array("third".utf8))
      try with.commit(record("third", output: output, run: "run-with"))
      #expect(try without?.record(for: .of("third")) != nil)
      #expect(try SystemFiles().status(at: folder + "/unindexed") != nil)
      without = nil
      withExtendedLifetime(other) {}
    }
  }

  @Test func theNextOneAloneCompletesTheIndex() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 3)
      try Data().write(to: URL(filePath: folder + "/unindexed"))
      let cache = try openCache(folder)
      #expect(try SystemFiles().status(at: folder + "/unindexed") == nil)
      #expect(try cache.record(for: made[1].key) == made[1])
    }
  }

  @Test func fewKeysOfManyAreFound() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 60)
      for readOnly in [false, true] {
        let cache = try openCache(folder, readOnly: readOnly)
        let some = [made[7], made[50], made[3]]
        let lookups = some.map { Cache.Lookup($0.key) }
        #expect(try cache.summaries(for: lookups) == some.map(\.summary))
        #expect(try cache.summaries(for: lookups + [.init(.of("none"))]).last == .some(nil))
        #expect(try cache.summaries(for: []) == [])
      }
    }
  }
}
