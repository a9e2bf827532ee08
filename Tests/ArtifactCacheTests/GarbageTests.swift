import ArtifactCache
import CacheTestSupport
import Foundation
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
  /// A folder in the place of the index is set aside with what it holds.
  private func obstruct(_ folder: String) throws {
    for suffix in ["", "-wal", "-shm"] {
      try? SystemFiles().remove(folder + "/index.sqlite" + suffix)
    }
    let inner = folder + "/index.sqlite/inner"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    try write(text(3000), inner + "/file")
    try write([1], folder + "/linked")
    for (name, target) in [("link", folder + "/linked"), ("tree", folder + "/objects")] {
      try FileManager.default.createSymbolicLink(
        atPath: inner + "/" + name, withDestinationPath: target)
    }
    _ = try openCache(folder)
  }

  @Test func foldersInQuarantineGoWithoutWhatTheyLinkTo() async throws {
    try await withTemporaryFolder { folder in
      try fill(folder, count: 2)
      try obstruct(folder)
      let cache = try openCache(folder)
      #expect(try cache.statistics().quarantined == 1)
      let policy = GarbagePolicy(emptiesQuarantine: true)
      let planned = try cache.collectGarbage(policy, dryRun: true)
      #expect(planned.freedBytes > 3000)
      #expect(try cache.statistics().quarantined == 1)
      #expect(try cache.collectGarbage(policy, dryRun: false) == planned)
      #expect(try SystemFiles().list(folder + "/quarantine") == [])
      #expect(try read(folder + "/linked") == [1])
      #expect(try cache.statistics().objects == 2)
    }
  }

  @Test func otherPeoplesFilesInQuarantineStay() async throws {
    try await withTemporaryFolder { folder in
      try fill(folder, count: 1)
      try obstruct(folder)
      let names = ["a-b-c-d", "notes-wal", "notes.txt", "01234567-8-9", "x-01234567-8-9.txt"]
      for name in names { try write([1], folder + "/quarantine/" + name) }
      let cache = try openCache(folder)
      #expect(try cache.statistics().quarantined == 1)
      _ = try cache.collectGarbage(GarbagePolicy(emptiesQuarantine: true), dryRun: false)
      #expect(try SystemFiles().list(folder + "/quarantine").sorted() == names.sorted())
    }
  }

  /// Whatever step fails, what is told as removed is removed, and the next time removes the rest.
  @Test func whatCannotBeRemovedFromQuarantineIsTold() async throws {
    var told = 0
    var isDone = false
    var position = -1
    while !isDone {
      position += 1
      try await withTemporaryFolder { folder in
        try fill(folder, count: 1)
        _ = try openCache(folder).objects.put(noise(5000))
        try obstruct(folder)
        let policy = GarbagePolicy(emptiesQuarantine: true)
        do {
          let files = FaultyFiles(.notPermitted, at: position, lasts: false)
          if let cache = try? openCache(folder, files: files),
            let report = try? cache.collectGarbage(policy, dryRun: false)
          {
            if report.quarantineFailure != nil {
              told += 1
              #expect(try cache.statistics().objects == 1)
              #expect(report.freedBytes >= 5000)
            }
          }
          isDone = !files.hasFailed
        }
        let report = try openCache(folder).collectGarbage(policy, dryRun: false)
        #expect(report.quarantineFailure == nil)
        #expect(try SystemFiles().list(folder + "/quarantine") == [])
      }
    }
    #expect(told > 5)
  }
}
