import ArtifactCache
import CacheTestSupport
import TestSupport
import Testing

/// Every file operation of a small scenario fails once, in every way; nothing committed is ever lost.
@Suite struct FaultTests {
  /// What the scenario got done before it failed.
  private struct Progress {
    var objects: [(ObjectReference, [UInt8])] = []
    var records: [Record] = []
    var hasInvalidated = false
  }

  private static let contents = [
    text(3000), noise((1 << 20) + 10), text(3001), noise(5000),
  ]

  /// Stores, commits, reads back and reopens: each kind of operation occurs.
  private func run(
    _ folder: String, _ files: any FileOperations, _ progress: inout Progress
  ) throws(CacheError) {
    for round in 0..<2 {
      let cache = try openCache(folder, files: files)
      for number in 0..<2 {
        let content = Self.contents[2 * round + number]
        let object = try cache.objects.put(content)
        progress.objects.append((object, content))
        let made = record("branch-\(number)-\(round)", output: object, run: "run-\(round)")
        try cache.commit(made)
        progress.records.append(made)
        if try cache.record(for: made.key) == nil { throw .invalid("committed but not found") }
        if try cache.objects.read(object) != content { throw .invalid("other content") }
      }
      try cache.flush()
      let state = try ProjectState.open(at: folder, files: files) { _ in }
      try state.invalidate(["x"], at: Double(round))
      progress.hasInvalidated = true
      if try state.invalidations()["x"] ?? -1 < Double(round) { throw .invalid("not invalidated") }
    }
  }

  private func expectSound(_ folder: String, _ progress: Progress, _ label: String) throws {
    let cache = try openCache(folder)
    for record in progress.records {
      let found = try cache.record(for: record.key)
      #expect(found == record, "\(label): a committed record is lost")
    }
    for (object, content) in progress.objects {
      let found = try cache.objects.read(object)
      #expect(found == content, "\(label): a stored object is lost")
    }
    let report = try cache.check(repair: false)
    #expect(!report.hasDamage, "\(label): \(report.findings)")
    if progress.hasInvalidated {
      let state = try ProjectState.open(at: folder) { _ in }
      let times = try state.invalidations()
      #expect(times["x"] != nil, "\(label): an invalidation is lost")
    }
  }

  /// A retry succeeds, and after a repair there is nothing left to say.
  private func expectRecovers(_ folder: String, _ label: String) throws {
    var again = Progress()
    try run(folder, FaultyFiles.none, &again)
    #expect(again.records.count == 4, "\(label): a retry does not succeed")
    #expect(try !openCache(folder).check(repair: true).hasDamage, "\(label): after the retry")
    #expect(try openCache(folder).check(repair: false).findings == [], "\(label): after repair")
  }

  private func countOperations() async throws -> Int {
    try await withTemporaryFolder { folder in
      let files = FaultyFiles.none
      var progress = Progress()
      try run(folder, files, &progress)
      #expect(progress.records.count == 4)
      return files.count
    }
  }

  @Test(arguments: FaultyFiles.Fault.allCases, [false, true])
  func everyOperationFailsOnce(fault: FaultyFiles.Fault, lasts: Bool) async throws {
    let count = try await countOperations()
    #expect(count > 100)
    // The others differ from these only in the error: they are sampled, each at other places.
    let isFull = !lasts && (fault == .inputOutput || fault == .shortWrite)
    let first = FaultyFiles.Fault.allCases.firstIndex(of: fault) ?? 0
    for position in stride(from: isFull ? 0 : 2 * first, to: count, by: isFull ? 1 : 13) {
      try await withTemporaryFolder { folder in
        var progress = Progress()
        do throws(CacheError) {
          try run(folder, FaultyFiles(fault, at: position, lasts: lasts), &progress)
        } catch {
          if case .invalid(let reason) = error { Issue.record("\(position): \(reason)") }
        }
        try expectSound(folder, progress, "\(fault) at \(position)")
        if position % 3 == 0 { try expectRecovers(folder, "\(fault) at \(position)") }
      }
    }
  }

  /// A commit that fails leaves no gap: what the same process commits next stands where the index says.
  @Test(arguments: [FaultyFiles.Fault.shortWrite, .noSpace])
  func commitsGoOnAfterOneThatFailed(fault: FaultyFiles.Fault) async throws {
    var failures = 0
    for position in 0..<60 {
      try await withTemporaryFolder { folder in
        let files = FaultyFiles(fault, at: position, lasts: false)
        guard let cache = try? openCache(folder, files: files) else { return }
        var made: [Record] = []
        for number in 0..<5 {
          do throws(CacheError) {
            let new = record(
              "branch-\(number)", output: try cache.objects.put(text(100 + number)))
            try cache.commit(new)
            made.append(new)
          } catch {
            failures += 1
          }
        }
        // Otherwise it would be the look that fails.
        guard files.hasFailed else { return }
        for opened in [cache, try openCache(folder)] {
          for record in made {
            #expect(try opened.record(for: record.key) == record, "\(fault) at \(position)")
          }
        }
        let report = try cache.check(repair: false)
        #expect(!report.hasDamage, "\(fault) at \(position): \(report.findings)")
      }
    }
    #expect(failures > 5)
  }

  @Test func errorsSayWhatToDo() {
    let path = "cache/objects"
    #expect("\(CacheError.noSpace(path: path))".contains("pipe cache gc"))
    #expect("\(CacheError.readOnly(path: path))".contains("--cache"))
    #expect("\(CacheError.notPermitted(path: path))".contains("--cache"))
    let newer = CacheError.newerFormat(path: path, found: 2, supported: 1)
    #expect("\(newer)".contains("newer pipe"))
  }
}
