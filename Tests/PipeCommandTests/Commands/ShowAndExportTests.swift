import Foundation
import Testing

/// `pipe show` and `pipe export`.
@Suite(.timeLimit(.minutes(5)))
struct ShowAndExportTests {
  private static let folderStage = manifest(
    shellStage(
      "make",
      "mkdir -p d/sub d/empty; echo 1 > d/a.txt; echo 2 > d/sub/b.txt; chmod +x d/a.txt; "
        + "ln -s a.txt d/link",
      #""outputs": { "d": "d/" }"#))

  @Test func showTellsProvenance() async throws {
    try await withProject { project in
      try FanPipeline(width: 2).install(in: project)
      try await project.run()
      let shown = try await project.pipe("show", "part@2")
      for word in ["part@i=2", "key", "started", "took", "host", "part", "digest"] {
        #expect(shown.output.contains(word), "\(word)")
      }
    }
  }

  @Test func showWritesExactlyTheBytes() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 2)
      try fan.install(in: project)
      try await project.run()
      let shown = try await project.pipe("show", "part@2.part")
      #expect(shown.output == fan.part(2))
      #expect(shown.errors == "")
    }
  }

  @Test(arguments: [
    ("part@2.prt", 64, "part"), ("part", 64, "2 branches"), ("prat@2", 64, "did you mean"),
  ])
  func wrongNamesAreToldWithHints(name: String, status: Int, hint: String) async throws {
    try await withProject { project in
      try FanPipeline(width: 2).install(in: project)
      try await project.run()
      let shown = try await project.pipe("show", name)
      #expect(shown.status == status)
      #expect(shown.errors.contains(hint), "\(shown)")
    }
  }

  @Test func whatHasNoResultSaysHowToGetOne() async throws {
    try await withProject { project in
      try FanPipeline(width: 2).install(in: project)
      let shown = try await project.pipe("show", "part@2")
      #expect(shown.status == 1)
      #expect(shown.errors.contains("pipe run part@i=2"))
    }
  }

  @Test func exportWritesAFileForEachBranch() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 3)
      try fan.install(in: project)
      try await project.run()
      let outcome = try await project.pipe("export", "part", "sink.total", "--to", "x/y")
      #expect(outcome.status == 0)
      #expect(
        project.files(below: "x/y") == [
          "part@i=1/part.txt", "part@i=2/part.txt", "part@i=3/part.txt", "sink/total.txt",
        ])
      #expect(try project.read("x/y/part@i=3/part.txt") == fan.part(3))
      let again = try await project.pipe("export", "part", "--to", "x/y")
      #expect(again.status != 0)
      #expect(again.errors.contains("--force"))
      #expect(try await project.pipe("export", "part", "--to", "x/y", "--force").status == 0)
    }
  }

  @Test func whatIsAskedForTwiceIsWrittenOnce() async throws {
    try await withProject { project in
      try FanPipeline(width: 2).install(in: project)
      try await project.run()
      let outcome = try await project.pipe("export", "part@1.part", "part", "--to", "x")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("2 artifacts"))
      #expect(project.files(below: "x") == ["part@i=1/part.txt", "part@i=2/part.txt"])
    }
  }

  @Test func aFolderWithoutANameIsRefused() async throws {
    try await withProject { project in
      try FanPipeline(width: 2).install(in: project)
      try await project.run()
      let outcome = try await project.pipe("export", "part", "--to", "")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("--to is empty"))
    }
  }

  /// A letter that is not ASCII takes six bytes in a name, and the name of a folder has at most 255.
  @Test func aBranchWithALongNameIsExported() async throws {
    let name = String(repeating: "я", count: 50)
    let stage = shellStage(
      "make", "echo made > o.txt", #""map": { "n": ["\#(name)"] }, "outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      try await project.run()
      #expect(try await project.pipe("export", "make", "--to", "x").status == 0)
      let folder = try #require(project.names(in: "x").first)
      #expect(folder.hasPrefix("make@n=%D1%8F%D1%8F") && folder.utf8.count <= 255)
      #expect(try project.read("x/\(folder)/o.txt") == "made\n")
    }
  }

  @Test func whatCannotBeReadReplacesNothing() async throws {
    try await withProject(Self.folderStage) { project in
      try await project.run()
      #expect(try await project.pipe("export", "make.d", "--to", "x").status == 0)
      let before = project.files(below: "x")
      try project.remove("cache/objects")
      let outcome = try await project.pipe("export", "make.d", "--to", "x", "--force")
      #expect(outcome.status != 0)
      #expect(project.files(below: "x") == before)
      #expect(project.names(in: "x") == ["make"])
    }
  }

  @Test func aLargeArtifactIsShownWhole() async throws {
    let stage = shellStage(
      "big", "head -c 40000000 /dev/urandom > o.bin", #""outputs": { "o": "o.bin" }"#)
    try await withProject(manifest(stage)) { project in
      try await project.run()
      try await project.tool(
        "sh", "-c", #""$0" show big.o > shown.bin && cmp shown.bin o.bin"#, PipeProgram.path())
    }
  }

  @Test func exportedFilesAreNotTiedToTheCache() async throws {
    try await withProject { project in
      try FanPipeline(width: 1).install(in: project)
      try await project.run()
      _ = try await project.pipe("export", "sink", "--to", "x")
      try project.write("scribble", to: "x/sink/total.txt")
      try project.remove("total.txt")
      try await project.run()
      #expect(try project.read("total.txt") == FanPipeline(width: 1).total)
    }
  }

  @Test func aFolderIsExportedWhole() async throws {
    try await withProject(Self.folderStage) { project in
      try await project.run()
      #expect(try await project.pipe("export", "make.d", "--to", "x").status == 0)
      let root = "x/make/d"
      #expect(try project.read(root + "/a.txt") == "1\n")
      #expect(try project.read(root + "/sub/b.txt") == "2\n")
      #expect(FileManager.default.isExecutableFile(atPath: project.path(root + "/a.txt")))
      #expect(project.exists(root + "/empty"))
      let link = try? FileManager.default.destinationOfSymbolicLink(
        atPath: project.path(root + "/link"))
      #expect(link == "a.txt")
    }
  }

  @Test func aFolderThatCannotBeMadeIsToldInOurWords() async throws {
    try await withProject { project in
      try FanPipeline(width: 1).install(in: project)
      try await project.run()
      let outcome = try await project.pipe("export", "sink", "--to", "seed.txt/x")
      #expect(outcome.status != 0)
      #expect(outcome.errors.contains("seed.txt"))
      #expect(!outcome.errors.contains("NSCocoaErrorDomain"), "\(outcome)")
    }
  }
}
