import ArtifactCache
import Foundation
import TestSupport
import Testing

@Suite struct LockTests {
  @Test func oneHolderAtATime() async throws {
    try await withTemporaryFolder { folder in
      let (one, two) = (try openCache(folder), try openCache(folder))
      let key = Digest.of("key")
      let held = try one.tryLock(key)
      #expect(held != nil)
      #expect(try one.tryLock(key) == nil)
      #expect(try two.tryLock(key) == nil)
      #expect(try two.tryLock(.of("other")) != nil)
      held?.release()
      #expect(try two.tryLock(key) != nil)
    }
  }

  @Test func waitingEndsWhenTheHolderLetsGo() async throws {
    try await withTemporaryFolder { folder in
      let (one, two) = (try openCache(folder), try openCache(folder))
      let key = Digest.of("key")
      let held = try one.tryLock(key)
      let waiting = Task { try await two.lock(key) }
      try await Task.sleep(for: .milliseconds(20))
      held?.release()
      try await waiting.value.release()
    }
  }

  @Test func waitingCanBeCancelled() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let held = try cache.tryLock(.of("key"))
      let waiting = Task { try await cache.lock(.of("key")) }
      waiting.cancel()
      let result = await waiting.result
      #expect(throws: CacheError.cancelled) { try result.get() }
      held?.release()
    }
  }

  @Test func manyTasksTakeTurns() async throws {
    try await withTemporaryFolder { folder in
      let cache = try openCache(folder)
      let key = Digest.of("key")
      let most = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<8 {
          group.addTask {
            let lock = try await cache.lock(key)
            let others = try cache.tryLock(key) == nil ? 0 : 1
            lock.release()
            return others
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(most == 0)
    }
  }

  /// Runs Python code that takes a lock and says so, then `body`, then kills it.
  private func withOtherProcess(
    holding range: String, in folder: String, _ body: () async throws -> Void,
    afterKill: () async throws -> Void
  ) async throws {
    let code = """
      import fcntl, struct, sys, time
      f = open(sys.argv[1], 'r+b')
      fcntl.fcntl(f, 37, struct.pack('hhqqi4x', \(range)))
      print('locked', flush=True)
      time.sleep(60)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", code, folder + "/locks"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    defer { process.terminate() }
    let said = try output.fileHandleForReading.read(upToCount: 6)
    #expect(said == Data("locked".utf8))
    try await body()
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try await afterKill()
  }

  #if os(Linux)
    @Test func lockOfAKilledProcessIsFree() async throws {
      try await withTemporaryFolder { folder in
        let cache = try openCache(folder)
        let key = Digest.of("key")
        try await withOtherProcess(holding: "1, 0, 1, 0, 0", in: folder) {
          let lock = try cache.tryLock(key)
          #expect(lock == nil)
        } afterKill: {
          let lock = try cache.tryLock(key)
          #expect(lock != nil)
        }
      }
    }

    @Test func exclusiveUseByAnotherProcess() async throws {
      try await withTemporaryFolder { folder in
        try fill(folder, count: 2)
        try await withOtherProcess(holding: "1, 0, 0, 1, 0", in: folder) {
          try write(Array("4711 elsewhere gc\n".utf8), folder + "/locks")
          let holder = ExclusiveUse(process: 4711, host: "elsewhere", purpose: "gc")
          #expect(throws: CacheError.inExclusiveUse(path: folder, by: holder)) {
            try openCache(folder)
          }
          let statistics = try openCache(folder, readOnly: true).statistics()
          #expect(statistics.records == 2)
        } afterKill: {
          let statistics = try openCache(folder).statistics()
          #expect(statistics.records == 2)
        }
      }
    }
  #endif

  /// A reader that asks for it keeps everything in its place; others do not, and it needs no right to write.
  @Test func garbageIsNotCollectedWhileAReaderForbidsIt() async throws {
    try await withTemporaryFolder { folder in
      try fill(folder, count: 2)
      let cache = try openCache(folder)
      let reader = try openCache(folder, readOnly: true)
      _ = try cache.collectGarbage(GarbagePolicy(), dryRun: false)
      do {
        let keeper = try Cache.open(at: folder, readOnly: true, keepingAll: true) { _ in }
        #expect(throws: CacheError.inUse(path: folder)) {
          try cache.collectGarbage(GarbagePolicy(), dryRun: false)
        }
        #expect(try keeper.statistics().records == 2)
      }
      _ = try cache.collectGarbage(GarbagePolicy(), dryRun: false)
      #expect(try reader.statistics().records == 2)
      let nothing = try Cache.open(at: folder + "/none", readOnly: true, keepingAll: true) { _ in }
      #expect(try nothing.statistics().records == 0)
    }
  }

  @Test func garbageIsNotCollectedWhileOthersUseTheStore() async throws {
    try await withTemporaryFolder { folder in
      let one = try openCache(folder)
      do {
        let two = try openCache(folder)
        #expect(throws: CacheError.inUse(path: folder)) {
          try one.collectGarbage(GarbagePolicy(), dryRun: false)
        }
        #expect(throws: CacheError.inUse(path: folder)) { try one.check(repair: true) }
        _ = try one.collectGarbage(GarbagePolicy(), dryRun: true)
        #expect(try two.tryLock(.of("a")) != nil)
      }
      _ = try one.collectGarbage(GarbagePolicy(), dryRun: false)
      _ = try openCache(folder)
    }
  }
}
