import ArtifactCache
import Foundation
import Testing
import Workspaces

struct WorkTreeTests {
  @Test func writesOnceAndThenLeavesAlone() async throws {
    try await withFixture { fixture in
      let stored = try fixture.stored("abc", executable: true)
      let first = try fixture.restore(stored, "out/deep/a.txt")
      #expect(first.restored.map(\.text) == ["out/deep/a.txt"])
      #expect(try fixture.read("out/deep/a.txt") == "abc")
      #expect(FileManager.default.isExecutableFile(atPath: fixture.path("out/deep/a.txt")))
      let second = try fixture.restore(stored, "out/deep/a.txt")
      #expect(second.restored.isEmpty && second.unchangedCount == 1)
      #expect(try fixture.names("out/deep") == ["a.txt"])
    }
  }

  @Test func aLostModeIsGivenBack() async throws {
    try await withFixture { fixture in
      let stored = try fixture.stored("abc", executable: true)
      _ = try fixture.restore(stored, "a")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: fixture.path("a"))
      #expect(try fixture.restore(stored, "a").restored.count == 1)
      #expect(FileManager.default.isExecutableFile(atPath: fixture.path("a")))
    }
  }

  @Test func anEditIsKeptAside() async throws {
    try await withFixture { fixture in
      let stored = try fixture.stored("abc")
      _ = try fixture.restore(stored, "out/a.txt")
      try fixture.write("edited", to: "out/a.txt")
      let again = try fixture.restore(stored, "out/a.txt")
      #expect(try fixture.read("out/a.txt") == "abc")
      #expect(again.displaced.map(\.path.text) == ["out/a.txt"])
      #expect(again.displaced.map(\.movedTo) == [fixture.path("cache/displaced/1/out/a.txt")])
      #expect(try fixture.read("cache/displaced/1/out/a.txt") == "edited")
      // Twice in one run: neither edit is lost.
      try fixture.write("edited again", to: "out/a.txt")
      _ = try fixture.restore(stored, "out/a.txt")
      #expect(try fixture.read("cache/displaced/1/out/a.txt~2") == "edited again")
    }
  }

  @Test func whatTheStoreHasIsOverwritten() async throws {
    try await withFixture { fixture in
      _ = try fixture.restore(try fixture.stored("old"), "a.txt")
      let done = try fixture.restore(try fixture.stored("new"), "a.txt")
      #expect(done.displaced.isEmpty)
      #expect(try fixture.read("a.txt") == "new")
      #expect(!fixture.exists("cache/displaced"))
    }
  }

  @Test func linksAndFoldersInTheWayAreMovedAside() async throws {
    try await withFixture { fixture in
      try fixture.write("precious", to: "precious.txt")
      try fixture.link("a.txt", to: "precious.txt")
      try fixture.write("mine", to: "b.txt/inner/file")
      try fixture.write("a file", to: "out")
      #expect(try fixture.restore(try fixture.stored("1"), "a.txt").displaced.count == 1)
      #expect(try fixture.restore(try fixture.stored("2"), "b.txt").displaced.count == 1)
      #expect(try fixture.restore(try fixture.stored("3"), "out/c.txt").displaced.count == 1)
      #expect(try fixture.read("precious.txt") == "precious")
      #expect(try fixture.read("a.txt") == "1")
      #expect(try fixture.read("out/c.txt") == "3")
      #expect(try fixture.read("cache/displaced/1/b.txt/inner/file") == "mine")
      #expect(try fixture.read("cache/displaced/1/out") == "a file")
    }
  }

  @Test func nothingIsWrittenThroughALinkedFolder() async throws {
    try await withFixture { fixture in
      try FileManager.default.createDirectory(
        atPath: fixture.base + "/outside", withIntermediateDirectories: true)
      try fixture.link("out", to: "../outside")
      let stored = try fixture.stored("abc")
      #expect(throws: WorkspaceError.linkInTheWay("out")) {
        try fixture.restore(stored, "out/a.txt")
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: fixture.base + "/outside").isEmpty)
    }
  }

  @Test func aDamagedObjectLeavesNoHalfFile() async throws {
    try await withFixture { fixture in
      let stored = try fixture.stored("abc")
      let object = fixture.store.path(of: stored.object.digest)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: object)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: object))
      bytes[bytes.count - 1] ^= 1
      try bytes.write(to: URL(fileURLWithPath: object))
      #expect(throws: WorkspaceError.self) { try fixture.restore(stored, "out/a.txt") }
      #expect(try fixture.names("out").isEmpty)
    }
  }
}

struct WorkTreeFolderTests {
  @Test func foldersAreRestoredWithAllThatIsInThem() async throws {
    try await withFixture { fixture in
      let stored = try await fixture.storedFolder(
        "mkdir -p r/empty r/x; echo 1 > r/x/a; ln -s a r/x/l; echo 2 > r/b")
      let done = try fixture.restore(stored, "r")
      #expect(Set(done.restored.map(\.text)) == ["r/b", "r/x/a", "r/x/l"])
      #expect(
        Set(done.written.keys.map(\.text)) == ["r", "r/b", "r/empty", "r/x", "r/x/a", "r/x/l"])
      #expect(try fixture.read("r/x/l") == "1\n")
      #expect(fixture.exists("r/empty"))
      #expect(try fixture.restore(stored, "r").unchangedCount == 3)
      try FileManager.default.removeItem(atPath: fixture.path("r/x/l"))
      try FileManager.default.removeItem(atPath: fixture.path("r/empty"))
      #expect(try fixture.restore(stored, "r").restored.map(\.text) == ["r/x/l"])
      #expect(fixture.exists("r/empty"))
    }
  }

  @Test func onlyOurOwnFilesGo() async throws {
    try await withFixture { fixture in
      let before = try await fixture.storedFolder(
        "mkdir -p r/old; echo 1 > r/old/a; echo 2 > r/b; echo 3 > r/c")
      let first = try fixture.restore(before, "r")
      try fixture.write("a user's", to: "r/notes.txt")
      try fixture.write("edited", to: "r/c")
      let after = try await fixture.storedFolder("mkdir r; echo 9 > r/b")
      let second = try fixture.restore(after, "r", first.written)
      #expect(Set(second.removed.map(\.text)) == ["r/old", "r/old/a"])
      #expect(try fixture.names("r") == ["b", "c", "notes.txt"])
      #expect(try fixture.read("r/b") == "9\n")
    }
  }

  @Test func removalSparesWhatSomebodyChanged() async throws {
    try await withFixture { fixture in
      var written: WrittenOutputs = [:]
      for name in ["out/x/a", "out/x/b", "out/c"] {
        written.merge(try fixture.restore(try fixture.stored(name), name).written) { $1 }
      }
      try fixture.write("edited", to: "out/c")
      let done = try fixture.workTree.remove(written)
      #expect(Set(done.removed.map(\.text)) == ["out/x/a", "out/x/b"])
      #expect(done.kept.map(\.text) == ["out/c"])
      #expect(try fixture.names("out") == ["c"])
    }
  }

  @Test func removalFollowsNoLink() async throws {
    try await withFixture { fixture in
      let written = try fixture.restore(try fixture.stored("abc"), "out/a").written
      try FileManager.default.moveItem(atPath: fixture.path("out"), toPath: fixture.path("moved"))
      try fixture.link("out", to: "moved")
      #expect(try fixture.workTree.remove(written).removed.isEmpty)
      #expect(try fixture.read("moved/a") == "abc")
    }
  }

  @Test func aListingThatLeadsOutIsRefused() async throws {
    #expect(throws: CacheError.self) {
      try FolderListing([.init(path: Array("../x".utf8), kind: .folder)])
    }
    #expect(throws: CacheError.self) {
      try FolderListing([.init(path: Array("x".utf8), kind: .link(target: Array("../y".utf8)))])
    }
  }
}

// MARK: - Helpers

extension Fixture {
  func stored(_ text: String, executable: Bool = false) throws -> StoredOutput {
    StoredOutput(
      name: "o", form: .file(executable: executable), object: try store.put(Array(text.utf8)))
  }

  /// The folder `r` that a shell text makes.
  func storedFolder(_ text: String) async throws -> StoredOutput {
    var request = shell(text)
    request.outputs = [DeclaredOutput(name: "r", path: try ProjectPath("r"), form: .folder)]
    return try await runner.run(request).outputs[0]
  }

  @discardableResult
  func restore(
    _ output: StoredOutput, _ path: String, _ recorded: WrittenOutputs = [:]
  ) throws -> Restoration {
    try workTree.restore(output, at: try ProjectPath(path), recorded: recorded)
  }

  func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }
}
