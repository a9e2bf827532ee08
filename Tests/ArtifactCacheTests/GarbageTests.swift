import ArtifactCache
import TestSupport
import Testing

@Suite struct GarbageTests {
  /// Three records of one branch and an object that none refers to.
  private func prepare(_ cache: Cache) throws -> [Record] {
    _ = try cache.objects.put(noise(5000, seed: 99))
    return try (0..<3).map { number in
      let made = Record(
        key: .of("key \(number)"), preimage: [], stage: "s", branch: "s",
        outputs: [
          StoredOutput(
            name: "o", form: .file(executable: false),
            object: try cache.objects.put(noise(1000, seed: UInt64(number))))
        ], log: nil, started: Double(number), duration: 1, host: "h", version: "1",
        run: "r\(number)")
      try cache.commit(made)
      return made
    }
  }

  @Test func onlyUnreferencedObjectsGoByDefault() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let made = try prepare(cache)
      let planned = try cache.collectGarbage(GarbagePolicy(), dryRun: true)
      #expect(planned.removedObjects == 1)
      #expect(planned.removedRecords == 0)
      #expect(planned.freedBytes == 5028)
      #expect(try cache.statistics().objects == 4)
      #expect(try cache.collectGarbage(GarbagePolicy(), dryRun: false) == planned)
      for record in made { #expect(try cache.record(for: record.key) == record) }
      #expect(try cache.check(repair: false).findings == [])
    }
  }

  @Test func oldRecordsGoButTheNewestOfABranchStays() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let made = try prepare(cache)
      let report = try cache.collectGarbage(GarbagePolicy(maximumAge: 60), dryRun: false)
      #expect(report.removedRecords == 2)
      #expect(report.removedObjects == 3)
      #expect(try made.map { try cache.record(for: $0.key) != nil } == [false, false, true])
      #expect(try cache.check(repair: false).findings == [])
      // Its run's journal is gone, and the cache goes on.
      try cache.commit(record("new", output: try cache.objects.put([1]), run: "r0"))
      #expect(try openCache(folder).record(for: .of("new")) != nil)
    }
  }

  @Test func whatAProjectNeedsStays() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder + "/store")
      let made = try prepare(cache)
      let state = try ProjectState.open(at: folder + "/project") { _ in }
      try state.replaceNeededKeys([made[0].key])
      try cache.registerProject(folder + "/project")
      try cache.registerProject(folder + "/project")
      #expect(try cache.registeredProjects() == [folder + "/project"])
      let report = try cache.collectGarbage(GarbagePolicy(maximumAge: 60), dryRun: false)
      #expect(report.removedRecords == 2)
      #expect(try made.map { try cache.record(for: $0.key) != nil } == [true, false, false])
    }
  }

  @Test func sizeLimitDropsTheOldestFirst() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let made = try prepare(cache)
      let report = try cache.collectGarbage(GarbagePolicy(maximumSize: 2200), dryRun: false)
      #expect(report.keptBytes == 2 * 1028)
      #expect(try made.map { try cache.record(for: $0.key) != nil } == [false, true, true])
    }
  }

  @Test func quarantineGoesOnRequest() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let object = try cache.objects.put(text(3000))
      try flip(cache.objects.path(of: object.digest), at: 30)
      #expect(throws: CacheError.self) { try cache.objects.read(object) }
      _ = try cache.collectGarbage(GarbagePolicy(), dryRun: false)
      #expect(try cache.statistics().quarantined == 1)
      _ = try cache.collectGarbage(GarbagePolicy(emptiesQuarantine: true), dryRun: false)
      #expect(try cache.statistics().quarantined == 0)
    }
  }
}
