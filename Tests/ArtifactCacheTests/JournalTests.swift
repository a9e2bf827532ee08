import ArtifactCache
import TestSupport
import Testing

@Suite struct JournalTests {
  private static let magic = Array("PIPEFRM1".utf8)

  /// Offsets at which frames begin.
  private func frames(in bytes: [UInt8]) -> [Int] {
    bytes.indices.filter { bytes[$0...].starts(with: Self.magic) }
  }

  private func removeIndex(_ folder: String) throws {
    for suffix in ["", "-wal", "-shm"] {
      let path = folder + "/index.sqlite" + suffix
      if try SystemFiles().status(at: path) != nil { try SystemFiles().remove(path) }
    }
  }

  @Test func lostIndexIsRebuilt() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 10)
      try removeIndex(folder)
      let notices = Notices()
      let cache = try openCache(folder, notices)
      for record in made { #expect(try cache.record(for: record.key) == record) }
      #expect(
        notices.all == [.indexRebuilt(reason: "it was missing", records: 10, setAside: nil)])
    }
  }

  @Test func readOnlyOpeningReadsJournalsWhereNoIndexIs() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 10)
      try removeIndex(folder)
      let before = try SystemFiles().list(folder).sorted()
      let cache = try openCache(folder, readOnly: true)
      for record in made { #expect(try cache.record(for: record.key) == record) }
      #expect(try cache.summaries(for: made.map { .init($0.key) }) == made.map(\.summary))
      #expect(try SystemFiles().list(folder).sorted() == before)
    }
  }

  /// A killed process can leave any prefix of its last frame.
  @Test func everyTornFrameIsIgnored() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 3)
      let journal = folder + "/records/run-1.log"
      let bytes = try read(journal)
      let last = frames(in: bytes)[2]
      for end in stride(from: last, to: bytes.count, by: 13) {
        try write(Array(bytes[..<end]), journal)
        try removeIndex(folder)
        let notices = Notices()
        let cache = try openCache(folder, notices)
        #expect(try cache.record(for: made[0].key) == made[0])
        #expect(try cache.record(for: made[1].key) == made[1])
        #expect(try cache.record(for: made[2].key) == nil)
        #expect(notices.all.count == 1)
        let report = try cache.check(repair: false)
        #expect(!report.hasDamage)
        #expect(report.findings.count == (end == last ? 0 : 1))
      }
    }
  }

  @Test func flippedByteCostsOneRecordAndIsTold() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 3)
      let journal = folder + "/records/run-1.log"
      let bytes = try read(journal)
      let starts = frames(in: bytes)
      for offset in stride(from: starts[1], to: starts[2], by: 11) {
        try flip(journal, at: offset)
        try removeIndex(folder)
        let notices = Notices()
        let cache = try openCache(folder, notices)
        #expect(try cache.record(for: made[0].key) == made[0])
        #expect(try cache.record(for: made[1].key) == nil)
        #expect(try cache.record(for: made[2].key) == made[2])
        #expect(
          notices.all.contains(
            .damagedFrame(
              journal: "run-1.log", offset: starts[1], length: starts[2] - starts[1])))
        try flip(journal, at: offset)
      }
    }
  }

  @Test func frameOfAProcessThatDiedBeforeIndexingIsPickedUp() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 3)
      let journal = folder + "/records/run-1.log"
      let bytes = try read(journal)
      let last = frames(in: bytes)[2]
      try write(Array(bytes[..<last]), journal)
      try removeIndex(folder)
      _ = try openCache(folder)
      try write(bytes, journal)
      let readOnly = try openCache(folder, readOnly: true)
      #expect(try readOnly.record(for: made[2].key) == made[2])
      let notices = Notices()
      let cache = try openCache(folder, notices)
      #expect(try cache.record(for: made[2].key) == made[2])
      #expect(notices.all == [.indexCaughtUp(records: 1)])
    }
  }

  @Test func shorterOrMissingJournalTakesItsRecordsAlong() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 3)
      let journal = folder + "/records/run-1.log"
      let bytes = try read(journal)
      try write(Array(bytes[..<frames(in: bytes)[1]]), journal)
      let cache = try openCache(folder)
      #expect(try cache.record(for: made[0].key) == made[0])
      #expect(try cache.record(for: made[1].key) == nil)
      try SystemFiles().remove(journal)
      #expect(try openCache(folder).record(for: made[0].key) == nil)
    }
  }

  @Test func damagedPreimageIsToldAndTheOutputsStillServe() async throws {
    try await withTemporaryFolder { folder in
      let made = try fill(folder, count: 1)
      let notices = Notices()
      let cache = try openCache(folder, notices)
      let journal = folder + "/records/run-1.log"
      try flip(journal, at: try read(journal).count - 40)
      let found = try cache.record(for: made[0].key)
      #expect(found?.summary == made[0].summary)
      #expect(found?.preimage == [])
      #expect(notices.all.count == 1)
      #expect(try cache.check(repair: false).hasDamage)
    }
  }
}
