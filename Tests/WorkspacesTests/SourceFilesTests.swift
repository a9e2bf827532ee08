import ArtifactCache
import Foundation
import Testing
import Workspaces

struct SourceFilesTests {
  @Test func fileHasDigestFormAndSize() async throws {
    try await withFixture { fixture in
      try fixture.write("hello", to: "bin/run.sh", executable: true)
      let file = try fixture.sources.file(at: "./bin/run.sh")
      #expect(file.path == "bin/run.sh")
      #expect(file.digest == .of("hello"))
      #expect(file.size == 5)
      #expect(file.isExecutable)
    }
  }

  @Test func globAndFolderAreSortedByBytes() async throws {
    try await withFixture { fixture in
      for name in [
        "b.py", "a/z.py", "a-b.py", "a/.hidden.py", "é x\n.py", ".git/c.py", "cache/d.py", "-e.py",
      ] {
        try fixture.write(name, to: "src/" + name)
      }
      try fixture.write("x", to: "cache/d.py")
      let glob = try fixture.sources.resolve(.glob("src/**/*.py")).map(\.path)
      #expect(
        glob == [
          "src/-e.py", "src/a-b.py", "src/a/z.py", "src/b.py", "src/cache/d.py", "src/é x\n.py",
        ])
      let folder = try fixture.sources.resolve(.folder("src/")).map(\.path)
      #expect(
        folder == [
          "src/-e.py", "src/a-b.py", "src/a/.hidden.py", "src/a/z.py", "src/b.py", "src/cache/d.py",
          "src/é x\n.py",
        ])
      #expect(try fixture.sources.resolve(.glob("**/d.py")).map(\.path) == ["src/cache/d.py"])
    }
  }

  @Test func readingAheadChangesNoAnswer() async throws {
    try await withFixture { fixture in
      for number in 0..<150 { try fixture.write("\(number)", to: "in/\(number)") }
      try fixture.write("made", to: "out")
      let outside = fixture.base + "/latest"
      try FileManager.default.createSymbolicLink(
        atPath: outside, withDestinationPath: fixture.path("out"))
      try fixture.link("inside", to: "out")
      let paths =
        (0..<150).map { "in/\($0)" } + ["in/7", "./in/7", "missing", "in", "inside", outside]
      let output = try ProjectPath("out")
      func sources() -> SourceFiles {
        SourceFiles(
          project: fixture.project, memory: SignatureMemory(), excluded: [],
          outputs: DeclaredPlaces { [output] })
      }
      func answers(_ sources: SourceFiles) -> [String] {
        paths.map { path in
          do throws(WorkspaceError) {
            return "\(try sources.resolve(.file(path)).map { [$0.path, "\($0.digest)"] })"
          } catch {
            return "\(error)"
          }
        }
      }
      let ahead = sources()
      ahead.readAhead(paths)
      #expect(answers(ahead) == answers(sources()))
      #expect(answers(ahead).suffix(2).allSatisfy { $0.contains("the output 'out'") })
    }
  }

  @Test func producedFilesAreLeftOut() async throws {
    try await withFixture { fixture in
      try fixture.write("1", to: "data/raw.csv")
      try fixture.write("2", to: "data/made.csv")
      try fixture.write("3", to: "data/folder/x.csv")
      let produced = [try ProjectPath("data/made.csv"), try ProjectPath("data/folder")]
      let files = try fixture.sources.resolve(.glob("data/**/*.csv"), produced: produced)
      #expect(files.map(\.path) == ["data/raw.csv"])
    }
  }

  @Test func absoluteInputsAreReadWhereTheyAre() async throws {
    try await withFixture { fixture in
      try Data("out".utf8).write(to: URL(fileURLWithPath: fixture.base + "/outside.txt"))
      let file = try fixture.sources.file(at: fixture.base + "/outside.txt")
      #expect(file.projectPath == nil)
      #expect(file.digest == .of("out"))
    }
  }

  @Test func missingNamesTheNearest() async throws {
    try await withFixture { fixture in
      try fixture.write("x", to: "books/emma.txt")
      #expect(throws: WorkspaceError.missing("books/ema.txt", nearest: "books/emma.txt")) {
        try fixture.sources.file(at: "books/ema.txt")
      }
      #expect(throws: WorkspaceError.missing("bocks/emma.txt", nearest: "books")) {
        try fixture.sources.file(at: "bocks/emma.txt")
      }
      #expect(throws: WorkspaceError.nothingMatches("*.csv")) {
        try fixture.sources.resolve(.glob("*.csv"))
      }
      #expect(throws: WorkspaceError.wrongForm("books", expected: .file, found: .folder)) {
        try fixture.sources.file(at: "books")
      }
    }
  }

  @Test func anUnchangedFileIsNotReadAgain() async throws {
    try await withFixture { fixture in
      try fixture.write("abc", to: "a.txt")
      try await fixture.settle()
      let first = try fixture.sources.file(at: "a.txt")
      // A false digest under the right signature shows where the answer came from.
      let memory = SignatureMemory([first.signature: .of("remembered")])
      #expect(try fixture.later(memory).file(at: "a.txt").digest == .of("remembered"))
      #expect(fixture.sources.memory.digests(onlyUsed: true) == [first.signature: .of("abc")])
    }
  }

  @Test func aFreshlyWrittenFileIsNotRemembered() async throws {
    try await withFixture { fixture in
      try fixture.write("abc", to: "a.txt")
      _ = try fixture.sources.file(at: "a.txt")
      #expect(fixture.sources.memory.digests(onlyUsed: false).isEmpty)
    }
  }

  @Test func anEditThatKeepsSizeAndTimeIsNoticed() async throws {
    try await withFixture { fixture in
      try fixture.write("abc", to: "a.txt")
      try await fixture.settle()
      let before = try fixture.sources.file(at: "a.txt")
      let time = Date(timeIntervalSince1970: 1_000_000)
      try fixture.write("xyz", to: "a.txt")
      try FileManager.default.setAttributes(
        [.modificationDate: time], ofItemAtPath: fixture.path("a.txt"))
      let memory = SignatureMemory(fixture.sources.memory.digests(onlyUsed: false))
      #expect(try fixture.later(memory).file(at: "a.txt").digest == .of("xyz"))
      #expect(fixture.sources.changed([before]) == ["a.txt"])
    }
  }

  @Test func touchingIsNoChange() async throws {
    try await withFixture { fixture in
      try fixture.write("abc", to: "a.txt")
      let file = try fixture.sources.file(at: "a.txt")
      try FileManager.default.setAttributes(
        [.modificationDate: Date()], ofItemAtPath: fixture.path("a.txt"))
      #expect(fixture.sources.changed([file]).isEmpty)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: fixture.path("a.txt"))
      #expect(fixture.sources.changed([file]) == ["a.txt"])
      try FileManager.default.removeItem(atPath: fixture.path("a.txt"))
      #expect(fixture.sources.changed([file]) == ["a.txt"])
    }
  }

  @Test func manyAskersShareOneReading() async throws {
    try await withFixture { fixture in
      try fixture.write(String(repeating: "x", count: 1 << 20), to: "big.bin")
      let sources = fixture.sources
      let digests = try await withThrowingTaskGroup(of: Digest.self) { group in
        for _ in 0..<32 { group.addTask { try sources.file(at: "big.bin").digest } }
        return try await group.reduce(into: Set<Digest>()) { $0.insert($1) }
      }
      #expect(digests.count == 1)
      try fixture.write("other", to: "big.bin")
      #expect(try sources.file(at: "big.bin").digest == digests.first)
    }
  }
}

// MARK: - Links

struct SourceLinkTests {
  @Test func linksInsideTheProjectAreFollowed() async throws {
    try await withFixture { fixture in
      try fixture.write("abc", to: "data/v2/a.txt")
      try fixture.link("data/current", to: "v2")
      try fixture.link("data/v2/b.txt", to: "a.txt")
      try fixture.link("data/v2/nothing.txt", to: "nowhere")
      let files = try fixture.sources.resolve(.folder("data"))
      #expect(
        files.map(\.path) == [
          "data/current/a.txt", "data/current/b.txt", "data/v2/a.txt", "data/v2/b.txt",
        ])
      #expect(Set(files.map(\.digest)) == [.of("abc")])
    }
  }

  @Test func linksOutOfTheProjectAreRefused() async throws {
    try await withFixture { fixture in
      let outside = try ProjectFolder(root: fixture.base).root + "/secret"
      try Data("s".utf8).write(to: URL(fileURLWithPath: outside))
      try fixture.write("x", to: "data/a.txt")
      try fixture.link("data/secret.txt", to: "../../secret")
      try fixture.link("up", to: "..")
      let refusal = WorkspaceError.linkLeavesProject("data/secret.txt", target: outside)
      #expect(throws: refusal) { try fixture.sources.file(at: "data/secret.txt") }
      #expect(throws: refusal) { try fixture.sources.resolve(.folder("data")) }
      #expect(throws: refusal) { try fixture.sources.resolve(.glob("data/*")) }
      #expect(throws: WorkspaceError.self) { try fixture.sources.file(at: "up/secret") }
      #expect(try fixture.sources.resolve(.glob("data/a*")).count == 1)
    }
  }

  @Test func loopsEnd() async throws {
    try await withFixture { fixture in
      try fixture.write("x", to: "data/a.txt")
      try fixture.link("data/again", to: ".")
      #expect(throws: WorkspaceError.linkLoop("data/again")) {
        try fixture.sources.resolve(.folder("data"))
      }
      try fixture.link("self", to: "self")
      #expect(throws: WorkspaceError.self) { try fixture.sources.file(at: "self") }
    }
  }

  @Test func namesThatAreNotUTF8AreRefused() async throws {
    try await withFixture { fixture in
      try fixture.write("x", to: "data/a.txt")
      let name = [UInt8](fixture.path("data/").utf8) + [0xFF, 0x0A, 0]
      let made = name.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer {
        $0.baseAddress.map { creat($0, 0o644) } ?? -1
      }
      #expect(made >= 0)
      close(made)
      #expect(throws: WorkspaceError.nameIsNotUTF8(folder: "data/", name: [0xFF, 0x0A])) {
        try fixture.sources.resolve(.folder("data"))
      }
    }
  }
}
