import ArtifactCache
import Foundation
import Testing
import Workspaces

struct PrivateFoldersTests {
  @Test func foldersAreUsedAgainAndRemovedInTheEnd() async throws {
    try await withFixture { fixture in
      for _ in 0..<5 {
        _ = try await fixture.runner.run(shell("touch x; mkdir -p a/b; ln -s / a/root"))
      }
      let work = fixture.path("cache/work")
      let runs = try FileManager.default.contentsOfDirectory(atPath: work).filter { $0 != "lock" }
      #expect(runs.count == 1)
      let slots = try FileManager.default.contentsOfDirectory(atPath: work + "/" + runs[0])
      #expect(Set(slots) == ["lock", "0"])
      fixture.folders.close()
      #expect(try FileManager.default.contentsOfDirectory(atPath: work) == ["lock"])
    }
  }

  @Test func leftoversOfTheDeadAreRemovedAndThoseOfTheLivingStay() async throws {
    try await withFixture { fixture in
      try fixture.write("x", to: "cache/work/1-0/0/files/secret/y")
      try fixture.write("", to: "cache/work/1-0/lock")
      // A place that was set may hold a user's own folders.
      for mine in ["2024-11/notes", "thesis/chapters/1", "old.removing/x", "1-0-2/lock"] {
        try fixture.write("x", to: "cache/work/" + mine)
      }
      try fixture.write("x", to: "cache/work/3-0.removing/half")
      let living = PrivateFolders(place: fixture.path("cache/work"))
      defer { living.close() }
      let other = CommandRunner(
        sources: fixture.sources, workTree: fixture.workTree, store: fixture.store, folders: living,
        failed: FailedFolders(place: fixture.path("cache/failed")))
      _ = try await other.run(shell("touch mine"))
      let held = try FileManager.default.contentsOfDirectory(atPath: fixture.path("cache/work"))
      #expect(held.count == 2 + 4)
      _ = try await fixture.runner.run(shell(":"))
      let both = try FileManager.default.contentsOfDirectory(atPath: fixture.path("cache/work"))
      #expect(both.count == 3 + 4)
      for mine in ["2024-11/notes", "thesis/chapters/1", "old.removing/x", "1-0-2/lock"] {
        #expect(fixture.exists("cache/work/" + mine))
      }
      #expect(Set(held).isSubset(of: Set(both)))
    }
  }

  @Test(
    "Where a link took the place of a folder, what it leads to is left alone",
    arguments: ["../tmp", "../about", "../files"])
  func linksAreNotFollowed(folder: String) async throws {
    try await withFixture { fixture in
      try fixture.write("mine", to: "scratch/x")
      try fixture.write("new", to: "in")
      _ = try await fixture.runner.run(
        shell("rm -r \(folder); ln -s \(fixture.path("scratch")) \(folder)"))
      for _ in 0..<2 {
        var request = shell("find . ../tmp -type f; cat in; test ! -L \(folder)")
        request.inputs = [try fixture.input("i", "in")]
        let log = try await fixture.runner.run(request).log
        #expect(String(decoding: log, as: UTF8.self) == "./in\nnew")
        #expect(try fixture.read("scratch/x") == "mine")
      }
      #expect(!fixture.exists("scratch/in"))
    }
  }

  @Test(
    "What a command left and nobody can remove never reaches the next command",
    arguments: [".", "deep/er", "$TMPDIR"])
  func unremovableLeftoversAreLeftBehind(folder: String) async throws {
    try await withFixture { fixture in
      try fixture.write("new", to: "in")
      // Root can do this on most machines; elsewhere there is nothing to see.
      let left = try await fixture.runner.run(
        shell(
          """
          mkdir -p "\(folder)"; cd "\(folder)"; touch a b c; pwd; chattr +i b || echo cannot
          """))
      let place = String(decoding: left.log, as: UTF8.self).split(separator: "\n")[0]
      for _ in 0..<2 {
        var request = shell("find . $TMPDIR -type f; cat in")
        request.inputs = [try fixture.input("i", "in")]
        let log = try await fixture.runner.run(request).log
        #expect(String(decoding: log, as: UTF8.self) == "./in\nnew")
      }
      _ = try await fixture.runner.run(shell("chattr -i \(place)/b || rm -f \(place)/b"))
    }
  }

  @Test("Folders have the same mode for each command")
  func modesAreRestored() async throws {
    try await withFixture { fixture in
      let modes = "stat -c %a . $TMPDIR 2>/dev/null || stat -f %Lp . $TMPDIR"
      let first = try await fixture.runner.run(shell(modes + "; touch x; chmod 500 . $TMPDIR"))
      let second = try await fixture.runner.run(shell(modes))
      #expect(first.log == second.log)
    }
  }

  @Test("What outlives a command neither sees nor disturbs what is written for the next")
  func survivorsKeepTheirFiles() async throws {
    try await withFixture { fixture in
      try fixture.write("mine", to: "scratch")
      var request = shell(
        """
        ln "$PIPE_JSON" "$OUT/linked"
        setsid sh -c 'echo > "$OUT/up"; while [ ! -e "$OUT/go" ]; do sleep 0.01; done
        echo late; echo late >&3; echo > "$OUT/done"' 3>> "$PIPE_JSON" &
        while [ ! -e "$OUT/up" ]; do sleep 0.01; done
        """)
      request.environment = ["OUT": fixture.project.root]
      request.parameters = [CommandValue(name: "long", text: "x", json: "\"a long value\"")]
      _ = try await fixture.runner.run(request)
      let told = try fixture.read("linked")
      request = shell(
        """
        echo > "$OUT/go"; while [ ! -e "$OUT/done" ]; do sleep 0.01; done
        echo mine; cat "$PIPE_JSON"
        """)
      request.environment = ["OUT": fixture.project.root]
      let log = try await fixture.runner.run(request).log
      let expected =
        #"{"axes":{},"branch":"b","inputs":{},"outputs":{},"parameters":{},"stage":"b"}"#
      #expect(String(decoding: log, as: UTF8.self) == "mine\n\(expected)\n")
      #expect(try fixture.read("linked") == told + "late\n")
    }
  }

  @Test(
    "Log and JSON file are new, whatever a command made of them",
    arguments: [
      "rm $f; ln -s $OUT/scratch $f", "rm $f; mkdir $f; touch $f/x", "rm $f; mkfifo $f",
      "chmod 0 $f", "rm $f", "echo longer than anything that could be there >> $f",
    ])
  func logAndDocumentAreNew(spoiling: String) async throws {
    try await withFixture { fixture in
      try fixture.write("mine", to: "scratch")
      var request = shell(
        "f=$PIPE_JSON; \(spoiling); f=../log; \(spoiling)")
      request.environment = ["OUT": fixture.project.root]
      _ = try await fixture.runner.run(request)
      let logs = try await [
        fixture.runner.run(
          shell("test ! -L ../log; wc -l < \"$PIPE_JSON\"; ls -l $PIPE_JSON | cut -c1-3")
        ).log,
        fixture.runner.run(shell("echo x")).log,
      ]
      let expected = ["1\n-rw\n", "x\n"]
      #expect(logs.map { String(decoding: $0, as: UTF8.self) } == expected)
      #expect(try fixture.read("scratch") == "mine")
    }
  }

  @Test func anotherPlaceWillDo() async throws {
    try await withFixture { fixture in
      let place = "/dev/shm/pipe-test-\(UUID().uuidString)"
      let folders = PrivateFolders(place: place)
      defer {
        folders.close()
        try? FileManager.default.removeItem(atPath: place)
      }
      let runner = CommandRunner(
        sources: fixture.sources, workTree: fixture.workTree, store: fixture.store,
        folders: folders,
        failed: FailedFolders(place: fixture.path("cache/failed")))
      let request = shell(
        "mkdir -p a/b; echo kept > a/b/c; chmod +x a/b/c; ln -s b a/l; pwd; exit 1")
      // Kept on another file system, hence copied.
      do throws(CommandFailure) {
        _ = try await runner.run(request)
        Issue.record("succeeded")
      } catch {
        #expect(error.lastLines()[0].hasPrefix(place))
        let kept = try #require(error.keptFolder)
        #expect(try String(contentsOfFile: kept + "/a/l/c", encoding: .utf8) == "kept\n")
        #expect(FileManager.default.isExecutableFile(atPath: kept + "/a/b/c"))
      }
      let request2 = shell("find . | wc -l")
      let again = try await runner.run(request2)
      #expect(String(decoding: again.log, as: UTF8.self) == "1\n")
    }
  }

  @Test func conflictingInputsAreRefused() async throws {
    try await withFixture { fixture in
      func input(_ name: String, _ path: String, _ text: String) throws -> CommandInput {
        let file = StagedFile(
          path: try ProjectPath(path), content: .bytes(Array(text.utf8), executable: false))
        return CommandInput(name: name, value: .path(path), files: [file])
      }
      var request = shell(":")
      request.inputs = [try input("a", "x", "1"), try input("b", "x", "1")]
      _ = try await fixture.runner.run(request)
      request.inputs = [try input("a", "x", "1"), try input("b", "x", "2")]
      #expect(try await failing(fixture, request).reason == .inputs(.conflict("x")))
      request.inputs = [try input("a", "x", "1"), try input("b", "x/y", "2")]
      #expect(try await failing(fixture, request).reason == .inputs(.conflict("x")))
    }
  }
}
