import ArtifactCache
import CacheTestSupport
import Foundation
import TestSupport
import Testing

/// Where a store, and the state of a project, may be made.
@Suite struct NewStoreTests {
  private static let storeNames = [
    "objects", "temporary", "records", "quarantine", "roots", "unindexed", "locks", "index.sqlite",
  ]
  private static let stateNames = [
    "invalidations.log", "outputs.log", "runs.log", "signatures", "needed-keys", "last-look",
    "lock", "temporary",
  ]

  /// Everything below a folder, with the content of files.
  private func contents(_ folder: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in try SystemFiles().list(folder) {
      let path = folder + "/" + name
      if try SystemFiles().status(at: path)?.isRegular == true {
        found[path] = try read(path)
      } else {
        found[path] = []
        found.merge(try contents(path)) { first, _ in first }
      }
    }
    return found
  }

  /// Writes a file, in folders that are made for it.
  private func place(_ bytes: [UInt8], _ path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(bytes, path)
  }

  private func expectRefused(
    _ folder: String, _ name: String, _ open: (_ readOnly: Bool) throws(CacheError) -> Void
  ) throws {
    let before = try contents(folder)
    for readOnly in [false, true] {
      do throws(CacheError) {
        try open(readOnly)
        Issue.record("\(name) was taken for ours, read-only: \(readOnly)")
      } catch {
        #expect("\(error)".contains(folder), "the folder is named: \(error)")
        #expect("\(error)".contains(name), "what is in the way is named: \(error)")
      }
    }
    #expect(try contents(folder) == before)
  }

  @Test(arguments: storeNames)
  func noStoreIsMadeAmongOtherPeoplesFiles(name: String) async throws {
    try await withTemporaryFolder { folder in
      try place([1], folder + "/\(name)/thesis.txt")
      try expectRefused(folder, name) { readOnly throws(CacheError) in
        _ = try openCache(folder, readOnly: readOnly)
      }
    }
    try await withTemporaryFolder { folder in
      try place([1], folder + "/\(name)")
      try place([1], folder + "/notes.txt")
      try expectRefused(folder, name) { readOnly throws(CacheError) in
        _ = try openCache(folder, readOnly: readOnly)
      }
    }
  }

  @Test(arguments: stateNames)
  func noStateIsMadeAmongOtherPeoplesFiles(name: String) async throws {
    try await withTemporaryFolder { folder in
      try place([1], folder + "/project/\(name)")
      try expectRefused(folder, name) { readOnly throws(CacheError) in
        _ = try ProjectState.open(at: folder, readOnly: readOnly) { _ in }
      }
    }
  }

  @Test func filesOfOtherNamesAreNotInTheWay() async throws {
    try await withTemporaryFolder { folder in
      try place([1], folder + "/notes.txt")
      try place([1], folder + "/project/notes.txt")
      _ = try ProjectState.open(at: folder) { _ in }
      try fill(folder, count: 2)
      #expect(try openCache(folder).statistics().records == 2)
      #expect(try read(folder + "/notes.txt") == [1])
      #expect(try read(folder + "/project/notes.txt") == [1])
    }
  }

  /// Another process makes the store, all of it, just before any one step of this one.
  @Test func twoMayMakeAStoreAtOnce() async throws {
    var isDone = false
    var position = -1
    while !isDone {
      position += 1
      try await withTemporaryFolder { folder in
        let files = WatchedFiles { [position] number, _ in
          if number == position {
            #expect(throws: Never.self) {
              try fill(folder, count: 1)
              try ProjectState.open(at: folder) { _ in }.invalidate(["a"], at: 1)
            }
          }
        }
        #expect(throws: Never.self, "at step \(position)") {
          let state = try ProjectState.open(at: folder, files: files) { _ in }
          let cache = try openCache(folder, files: files)
          isDone = files.count <= position
          if isDone { return }
          #expect(try cache.statistics().records == 1)
          #expect(try state.invalidations() == ["a": 1])
        }
      }
    }
  }

  @Test func oneThatDiedMakingAStoreLeavesNothingInTheWay() async throws {
    var isDone = false
    var position = -1
    while !isDone {
      position += 1
      try await withTemporaryFolder { folder in
        let files = FaultyFiles(.death, at: position, lasts: true)
        let state = try? ProjectState.open(at: folder, files: files) { _ in }
        let cache = try? openCache(folder, files: files)
        isDone = !files.hasFailed
        #expect(throws: Never.self, "at step \(position)") {
          try ProjectState.open(at: folder) { _ in }.invalidate(["a"], at: 1)
          try fill(folder, count: 1)
        }
        withExtendedLifetime((state, cache)) {}
      }
    }
  }
}
