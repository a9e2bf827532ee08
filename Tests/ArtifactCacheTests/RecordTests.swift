import ArtifactCache
import TestSupport
import Testing

@Suite struct RecordTests {
  @Test func committedRecordIsFound() async throws {
    try await withTemporaryFolder { folder in
      let notices = Notices()
      let cache = try openCache(folder, notices)
      let output = try cache.objects.put(Array("hello".utf8))
      let log = try cache.objects.put(Array("printed".utf8))
      let first = record("a", output: output, log: log)
      try cache.commit(first)
      #expect(try cache.record(for: first.key) == first)
      #expect(try cache.record(for: .of("b")) == nil)
      try cache.flush()
      #expect(notices.all == [])
    }
  }

  @Test func reopenedStoreHasTheRecords() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 20)
      let notices = Notices()
      for readOnly in [false, true] {
        let cache = try openCache(folder, readOnly: readOnly, notices)
        for record in made { #expect(try cache.record(for: record.key) == record) }
        let answers = try cache.summaries(
          for: made.map { .init($0.key) } + [.init(.of("none"))])
        #expect(answers == made.map(\.summary) + [nil])
      }
      #expect(notices.all == [])
    }
  }

  @Test func recordsBeforeAnInvalidationDoNotCount() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let output = try cache.objects.put([1])
      try cache.commit(record("a", output: output, started: 100))
      #expect(try cache.record(for: .of("a"), notBefore: 100) != nil)
      #expect(try cache.record(for: .of("a"), notBefore: 100.5) == nil)
      let later = record("a", output: output, started: 200)
      try cache.commit(later)
      #expect(try cache.record(for: .of("a"), notBefore: 100.5) == later)
      #expect(try cache.record(for: .of("a"))?.started == 100)
      let lookups: [Cache.Lookup] = [
        .init(.of("a")), .init(.of("a"), notBefore: 150), .init(.of("a"), notBefore: 250),
      ]
      #expect(try cache.summaries(for: lookups).map { $0?.started } == [100, 200, nil])
    }
  }

  @Test func firstOfTwoResultsCountsAndIsTold() async throws {
    try await withTemporaryFolder { folder in
      let notices = Notices()
      let cache = try openCache(folder, notices)
      let one = record("a", output: try cache.objects.put([1]), started: 100, run: "r1")
      let two = record("a", output: try cache.objects.put([2]), started: 200, run: "r2")
      try cache.commit(two)
      try cache.commit(one)
      #expect(try cache.record(for: one.key) == one)
      #expect(
        notices.all == [.notReproducible(key: one.key, branch: "a", kept: "r1", other: "r2")])
    }
  }

  @Test func secondResultServesWhenTheFirstIsGone() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let one = record("a", output: try cache.objects.put([1]), started: 100)
      let two = record("a", output: try cache.objects.put([2]), started: 200)
      try cache.commit(one)
      try cache.commit(two)
      try SystemFiles().remove(cache.objects.path(of: one.outputs[0].object.digest))
      #expect(try cache.record(for: one.key) == two)
    }
  }

  @Test func historyIsNewestFirst() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let output = try cache.objects.put([1])
      for started in [300.0, 100, 200] {
        try cache.commit(record("a", output: output, started: started))
        try cache.commit(record("b", output: output, started: started))
      }
      #expect(try cache.history(ofBranch: "a").map(\.started) == [300, 200, 100])
      #expect(try cache.history(ofBranch: "c") == [])
    }
  }

  @Test(arguments: ["", "..", ".hidden", "a/b", "ä", String(repeating: "x", count: 101)])
  func strangeRunNamesAreRefused(run: String) async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let output = try cache.objects.put([1])
      #expect(throws: CacheError.self) {
        try cache.commit(record("a", output: output, run: run))
      }
    }
  }

  @Test func twoInstancesSeeEachOthersRecords() async throws {
    try await withTemporaryFolder { folder in
      let (one, two) = (try openCache(folder), try openCache(folder))
      let output = try one.objects.put([1])
      for number in 0..<20 {
        let (writer, reader) = number.isMultiple(of: 2) ? (one, two) : (two, one)
        let made = record("\(number)", output: output, run: "same")
        try writer.commit(made)
        #expect(try reader.record(for: made.key) == made)
      }
    }
  }
}

/// Commits `count` records, each with an object of its own, and closes the store.
@discardableResult
func fill(_ folder: String, count: Int) throws -> [Record] {
  let cache = try openCache(folder)
  return try (0..<count).map { number in
    let output = try cache.objects.put(Array("output \(number)".utf8))
    let made = record("branch-\(number)", output: output, started: Double(number))
    try cache.commit(made)
    return made
  }
}
