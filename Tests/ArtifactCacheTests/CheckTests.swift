import ArtifactCache
import CacheTestSupport
import TestSupport
import Testing

@Suite struct CheckTests {
  @Test func soundStoreHasNoFindings() async throws {
    try await withTemporaryFolder { folder in
      try fill(folder, count: 5)
      let report = try openCache(folder).check(repair: false)
      #expect(report.objects == 5)
      #expect(report.records == 5)
      #expect(report.findings == [])
    }
  }

  @Test func checkNamesWhatRepairThenMends() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 5)
      let (flipped, removed) = (made[1].outputs[0].object, made[2].outputs[0].object)
      do {
        let store = try openCache(folder).objects
        try flip(store.path(of: flipped.digest), at: 26)
        try SystemFiles().remove(store.path(of: removed.digest))
      }
      try write([1], folder + "/objects/note.txt")
      let cache = try openCache(folder)
      let before = try SystemFiles().list(folder + "/objects").sorted()
      let report = try cache.check(repair: false)
      #expect(report.hasDamage)
      #expect(report.findings.contains(.stray(path: folder + "/objects/note.txt")))
      for (record, object) in [(made[1], flipped), (made[2], removed)] {
        #expect(
          report.findings.contains(
            .incompleteRecord(branch: record.branch, run: record.run, missing: [object.digest])))
      }
      #expect(report.findings.count == 4)
      #expect(try SystemFiles().list(folder + "/objects").sorted() == before)

      #expect(try cache.check(repair: true) == report)
      #expect(try cache.check(repair: false).findings == [])
      #expect(try SystemFiles().list(folder + "/quarantine").count == 2)
      #expect(try cache.record(for: made[0].key) == made[0])
      #expect(try cache.record(for: made[1].key) == nil)
    }
  }

  @Test func damagedJournalIsWrittenAnewAndKept() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 3)
      try flip(folder + "/records/run-1.log", at: 20)
      let cache = try openCache(folder)
      let report = try cache.check(repair: true)
      #expect(report.hasDamage)
      #expect(try cache.check(repair: false).findings == [])
      #expect(try cache.record(for: made[0].key) == nil)
      #expect(try cache.record(for: made[1].key) == made[1])
      #expect(try SystemFiles().list(folder + "/quarantine").count == 1)
      try cache.commit(made[0])
      #expect(try cache.record(for: made[0].key) == made[0])
    }
  }

  /// A folder called like a journal is in nobody's way, is named, and is moved away with what it holds.
  @Test func whatIsCalledLikeAJournalAndIsNone() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 3)
      let stray = folder + "/records/notes.log"
      try SystemFiles().makeFolder(stray)
      try write([1], stray + "/mine.txt")
      try SystemFiles().remove(folder + "/index.sqlite")
      do {
        let cache = try openCache(folder)
        #expect(try cache.record(for: made[1].key) == made[1])
        try cache.commit(record("new", output: try cache.objects.put([1]), run: "notes"))
        #expect(try cache.record(for: .of("new")) != nil)
        #expect(try cache.statistics().records == 4)
        _ = try cache.collectGarbage(GarbagePolicy(), dryRun: false)
      }
      let reader = try openCache(folder, readOnly: true)
      #expect(try reader.record(for: .of("new")) != nil)
      #expect(try reader.check(repair: false).findings == [.stray(path: stray)])
      let cache = try openCache(folder)
      #expect(try cache.check(repair: true).findings == [.stray(path: stray)])
      #expect(try cache.check(repair: false).findings == [])
      let kept = try SystemFiles().list(folder + "/quarantine")
      let moved = try #require(kept.first { $0.hasPrefix("notes.log-") })
      #expect(try read(folder + "/quarantine/\(moved)/mine.txt") == [1])
    }
  }

  /// A run records two results just before any one step of a check.
  @Test(arguments: [false, true])
  func aRunMeanwhileIsNoDamage(readOnly: Bool) async throws {
    var isDone = false
    var position = -1
    while !isDone {
      position += 1
      try await withTemporaryFolder { folder in
        try fill(folder, count: 2)
        let run = try openCache(folder)
        try run.commit(record("first", output: try run.objects.put([1]), run: "meanwhile"))
        let files = WatchedFiles { [position] number, _ in
          if number != position { return }
          #expect(throws: Never.self) {
            for (name, journal) in [("second", "meanwhile"), ("third", "another")] {
              let output = try run.objects.put(Array(name.utf8))
              try run.commit(record(name, output: output, run: journal))
            }
          }
        }
        let cache = try openCache(folder, readOnly: readOnly, files: files)
        let report = try cache.check(repair: false)
        isDone = files.count <= position
        #expect(!report.hasDamage, "at step \(position): \(report.findings)")
        #expect(try openCache(folder).check(repair: false).findings == [])
      }
    }
  }

  @Test func statisticsAddUp() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let output = try cache.objects.put(text(100_000))
      let log = try cache.objects.put(noise(10))
      try cache.commit(record("a", output: output, log: log))
      try cache.commit(record("b", output: output))
      let statistics = try cache.statistics()
      #expect(statistics.objects == 2)
      #expect(statistics.contentBytes == 100_010)
      #expect(statistics.storedBytes == output.storedSize + log.storedSize)
      #expect(statistics.records == 2)
      #expect(statistics.ratio > 2)
      #expect(statistics.stages.map(\.records) == [2])
      #expect(statistics.stages.map(\.contentBytes) == [100_010])
    }
  }

  @Test func emptyStoreHasEmptyStatistics() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder + "/nowhere", readOnly: true)
      #expect(try cache.statistics().objects == 0)
      #expect(try cache.statistics().ratio == 1)
      #expect(try cache.record(for: .of("a")) == nil)
      #expect(try SystemFiles().list(folder) == [])
    }
  }
}

@Suite struct FormatTests {
  @Test func newerFormatIsRefused() async throws {
    try await withTemporaryFolder { folder in
      try fill(folder, count: 1)
      try write(Array("pipe cache 2\n".utf8), folder + "/format")
      let expected = CacheError.newerFormat(path: folder + "/format", found: 2, supported: 1)
      #expect(throws: expected) { try openCache(folder) }
      #expect(throws: expected) { try openCache(folder, readOnly: true) }
    }
  }

  @Test(arguments: ["", "something else\n", "pipe cache -1\n", "pipe cache x\n"])
  func otherFormatFilesAreRefused(text: String) async throws {
    try await withTemporaryFolder { folder in
      try write(Array(text.utf8), folder + "/format")
      #expect(throws: CacheError.self) { try openCache(folder) }
    }
  }
}
