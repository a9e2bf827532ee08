import ArtifactCache
import Foundation
import TestSupport
import Testing

@Suite struct ConcurrencyTests {
  /// What `pipe run` does for each branch: look up, lock, look up again, make.
  private func makeAll(_ folder: String, run: String, keys: Int) async throws -> Int {
    let cache = try openCache(folder)
    var made = 0
    for number in 0..<keys {
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
    try cache.flush()
    return made
  }

  @Test func severalRunsMakeEachRecordOnce() async throws {
    try await withTemporaryFolder { folder in
      let made = try await withThrowingTaskGroup(of: Int.self) { group in
        for run in 0..<4 {
          group.addTask { try await makeAll(folder, run: "run-\(run)", keys: 40) }
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
