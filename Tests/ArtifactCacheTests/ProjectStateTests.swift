import ArtifactCache
import TestSupport
import Testing

@Suite struct ProjectStateTests {
  private func open(
    _ folder: String, readOnly: Bool = false, _ notices: Notices = Notices()
  ) throws(CacheError) -> ProjectState {
    try ProjectState.open(at: folder, readOnly: readOnly) { notices.add($0) }
  }

  @Test func latestInvalidationOfABranchCounts() async throws {
    try await withTemporaryFolder { folder in
      let state = try open(folder)
      try state.invalidate(["a", "b"], at: 10)
      try state.invalidate(["b", "ä@x=1"], at: 20)
      try state.invalidate(["b"], at: 15)
      #expect(try open(folder, readOnly: true).invalidations() == ["a": 10, "b": 20, "ä@x=1": 20])
    }
  }

  @Test func signaturesRoundTrip() async throws {
    try await withTemporaryFolder { folder in
      var digests: [FileSignature: Digest] = [:]
      for number in 0..<1000 {
        let signature = FileSignature(
          device: 1, inode: UInt64(number), size: -1, modified: .max, changed: .min)
        digests[signature] = .of("\(number)")
      }
      try open(folder).replaceSignatures(digests)
      #expect(try open(folder).signatures() == digests)
      try open(folder).replaceSignatures([:])
      #expect(try open(folder).signatures() == [:])
    }
  }

  @Test func writtenOutputsAreReplayed() async throws {
    try await withTemporaryFolder { folder in
      let state = try open(folder)
      let (a, b, c) = (Array("a".utf8), Array("b/ü".utf8), [UInt8](repeating: 0xFF, count: 3))
      try state.noteWrittenOutputs([a: .folder, b: .file(executable: true, digest: .of("b"))])
      try state.noteWrittenOutputs([a: nil, c: .link(target: Array("b".utf8))])
      let expected: [[UInt8]: FolderListing.Kind] = [
        b: .file(executable: true, digest: .of("b")), c: .link(target: Array("b".utf8)),
      ]
      #expect(try open(folder, readOnly: true).writtenOutputs() == expected)
      for _ in 0..<200 { try state.noteWrittenOutputs([b: .folder, c: nil]) }
      #expect(try state.writtenOutputs() == [b: .folder])
      let size = try SystemFiles().status(at: folder + "/project/outputs.log")?.size ?? 0
      #expect(size > 0 && size < 60 * 100, "many notes become one")
    }
  }

  @Test func runsAndNeededKeysRoundTrip() async throws {
    try await withTemporaryFolder { folder in
      let runs = (0..<3).map {
        RunSummary(
          id: "run-\($0)", started: 1.5, finished: 2, executed: $0, hits: 3, failed: 0, skipped: 1)
      }
      let state = try open(folder)
      for run in runs { try state.noteRun(run) }
      #expect(try open(folder).runs() == runs)
      try state.replaceNeededKeys([.of("a"), .of("b")])
      try state.replaceNeededKeys([.of("b")])
      #expect(try open(folder).neededKeys() == [.of("b")])
    }
  }

  /// A run is noted when it begins and when it ends; one that was killed has begun.
  @Test func ofARunWhatWasNotedLastCounts() async throws {
    try await withTemporaryFolder { folder in
      func run(_ id: String, finished: Double, executed: Int) -> RunSummary {
        RunSummary(
          id: id, started: 1, finished: finished, executed: executed, hits: 0, failed: 0,
          skipped: 0)
      }
      let state = try open(folder)
      for begun in ["a", "killed", "b"] { try state.noteRun(run(begun, finished: 0, executed: 0)) }
      let (b, a) = (run("b", finished: 2, executed: 1), run("a", finished: 3, executed: 7))
      for ended in [b, a] { try state.noteRun(ended) }
      #expect(try open(folder).runs() == [a, run("killed", finished: 0, executed: 0), b])
    }
  }

  @Test func damageCostsWhatItHitAndIsTold() async throws {
    try await withTemporaryFolder { folder in
      let state = try open(folder)
      try state.invalidate(["a"], at: 10)
      let first = try read(folder + "/project/invalidations.log").count
      try state.invalidate(["b"], at: 20)
      try flip(folder + "/project/invalidations.log", at: first + 30)
      let notices = Notices()
      #expect(try open(folder, notices).invalidations() == ["a": 10])
      #expect(notices.all.count == 1)
    }
  }

  @Test func readOnlyStateIsEmptyWhereNoneIsAndRefusesToWrite() async throws {
    try await withTemporaryFolder { folder in
      let state = try open(folder, readOnly: true)
      #expect(try state.invalidations() == [:])
      #expect(try state.signatures() == [:])
      #expect(try state.runs() == [])
      #expect(throws: CacheError.readOnly(path: folder + "/project")) {
        try state.invalidate(["a"], at: 1)
      }
      #expect(try SystemFiles().list(folder) == [])
    }
  }

  @Test func twoWritersLoseNothing() async throws {
    try await withTemporaryFolder { folder in
      let states = [try open(folder), try open(folder)]
      await withTaskGroup(of: Void.self) { group in
        for (index, state) in states.enumerated() {
          group.addTask {
            for number in 0..<30 { try? state.invalidate(["\(index)-\(number)"], at: 1) }
          }
        }
      }
      #expect(try open(folder).invalidations().count == 60)
    }
  }
}
