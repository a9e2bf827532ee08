import ArtifactCache
import Foundation
import Testing
import Workspaces

struct CommandRunnerTests {
  @Test func outputsAreStoredWithTheirModes() async throws {
    try await withFixture { fixture in
      var request = shell(
        "printf abc > out/a.txt; printf '#!/bin/sh\\n' > run; chmod +x run; echo done")
      request.outputs = [
        try output("a", "out/a.txt"), try output("run", "run"),
      ]
      let result = try await fixture.runner.run(request)
      #expect(result.outputs.map(\.name) == ["a", "run"])
      #expect(result.outputs.map(\.form) == [.file(executable: false), .file(executable: true)])
      #expect(try fixture.text(of: result.outputs[0]) == "abc")
      #expect(String(decoding: result.log, as: UTF8.self) == "done\n")
      #expect(result.duration > 0)
    }
  }

  @Test func theFolderHoldsExactlyTheDeclaredInputs() async throws {
    try await withFixture { fixture in
      try fixture.write("a", to: "data/a.txt")
      try fixture.write("b", to: "data/b.txt")
      try fixture.write("s", to: "run.sh", executable: true)
      // A run before it leaves much behind.
      _ = try await fixture.runner.run(
        shell("mkdir -p data/deep/er; echo x > data/deep/er/y; echo x > stray; chmod 0 data/deep"))
      var request = shell(
        "find . | LC_ALL=C sort; find $TMPDIR -mindepth 1; cat data/a.txt; ls -l run.sh | cut -c4")
      request.inputs = [
        try fixture.input("text", "data/a.txt"), try fixture.input("run", "run.sh"),
      ]
      request.outputs = [try output("o", "new/deep/o")]
      let failure = try await failing(fixture, request)
      let expected = ".\n./data\n./data/a.txt\n./new\n./new/deep\n./run.sh\nax\n"
      #expect(String(decoding: failure.log, as: UTF8.self) == expected)
    }
  }

  @Test func hostileNamesAreOrdinary() async throws {
    try await withFixture { fixture in
      let names = ["-rf", "a b", "line\nbreak", "quo'te\"", "$(touch x)", "né*?[]", "…/-x/ y"]
      var request = CommandRequest(
        branch: "b", stage: "b", program: .arguments(["cp", "--"] + names.prefix(6) + ["out dir/"]))
      for (index, name) in names.enumerated() {
        try fixture.write(name, to: name)
        request.inputs.append(try fixture.input("i\(index)", name))
      }
      request.outputs = [
        try output("o", "out dir/keep"),
        DeclaredOutput(name: "d", path: try ProjectPath("out dir"), form: .folder),
      ]
      request.program = .arguments(
        ["sh", "-c", "cp -- \"$@\" 'out dir/'; touch 'out dir/keep'", "sh"] + names.prefix(6))
      let result = try await fixture.runner.run(request)
      let listing = try FolderListing(decoding: fixture.store.read(result.outputs[1].object))
      let copied = listing.entries.map { String(decoding: $0.path, as: UTF8.self) }
      #expect(Set(copied) == Set(names.prefix(6) + ["keep"]))
    }
  }

  @Test func environment() async throws {
    try await withFixture { fixture in
      var request = shell("env; cat \"$PIPE_JSON\" \"$PIPE_INPUT_all\" > o; test -d \"$TMPDIR\"")
      request.environment = ["LC_ALL": "C", "LANG": "de_DE"]
      request.parameters = [CommandValue(name: "min-count", text: "3", json: "3")]
      request.axes = [CommandValue(name: "book", text: "emma", json: "\"emma\"")]
      let row = CommandInput.Row(
        values: [CommandValue(name: "book", text: "a \"b\", c", json: "\"a \\\"b\\\", c\"")],
        path: "in/x")
      request.inputs = [
        CommandInput(
          name: "all", value: .table(axes: ["book"], rows: [row]),
          files: [
            StagedFile(path: try ProjectPath("in/x"), content: .bytes([1], executable: false))
          ])
      ]
      request.outputs = [try output("o", "o")]
      let result = try await fixture.runner.run(request)
      let variables = String(decoding: result.log, as: UTF8.self).split(separator: "\n").map(
        String.init)
      for expected in [
        "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nowhere", "LC_ALL=C", "LANG=de_DE",
        "PIPE_PARAM_min_count=3", "PIPE_AXIS_book=emma", "PIPE_OUTPUT_o=o",
      ] {
        #expect(variables.contains(expected))
      }
      #expect(
        try fixture.text(of: result.outputs[0]) == #"""
          {"axes":{"book":"emma"},"branch":"b","inputs":{"all":[{"axes":{"book":"a \"b\", c"},"path":"in/x"}]},"outputs":{"o":"o"},"parameters":{"min-count":3},"stage":"b"}
          book,path
          "a ""b"", c",in/x

          """#)
    }
  }

  @Test func outputsOfOtherStagesAreStaged() async throws {
    try await withFixture { fixture in
      var first = shell(
        "mkdir -p d/empty d/x; echo 1 > d/x/one; chmod +x d/x/one; ln -s x/one d/link; echo f > f")
      first.outputs = [
        DeclaredOutput(name: "d", path: try ProjectPath("d"), form: .folder), try output("f", "f"),
      ]
      let made = try await fixture.runner.run(first)
      var second = shell(
        "cd d; find . | LC_ALL=C sort; cat link ../f; test -x x/one; readlink link")
      second.inputs = [
        CommandInput(
          name: "d", value: .path("d"),
          files: [StagedFile(path: try ProjectPath("d"), content: .stored(made.outputs[0]))]),
        CommandInput(
          name: "f", value: .path("f"),
          files: [StagedFile(path: try ProjectPath("f"), content: .stored(made.outputs[1]))]),
      ]
      let result = try await fixture.runner.run(second)
      #expect(
        String(decoding: result.log, as: UTF8.self)
          == ".\n./empty\n./link\n./x\n./x/one\n1\nf\nx/one\n")
    }
  }

  @Test func equalFoldersHaveEqualListings() async throws {
    try await withFixture { fixture in
      var request = shell("mkdir d; for n in \"$@\" 3 1 2; do echo $n > d/$n; done")
      request.outputs = [DeclaredOutput(name: "d", path: try ProjectPath("d"), form: .folder)]
      let first = try await fixture.runner.run(request)
      request.program = .shell("mkdir d; for n in 2 1 3; do echo $n > d/$n; done")
      let second = try await fixture.runner.run(request)
      #expect(first.outputs == second.outputs)
      #expect(first.outputs[0].members.count == 3)
    }
  }

  @Test func largeSourcesAreSeenWhole() async throws {
    try await withFixture { fixture in
      try Data(repeating: 7, count: 9 << 20).write(
        to: URL(fileURLWithPath: fixture.path("big.bin")))
      try await fixture.settle()
      var request = shell("wc -c < big.bin")
      request.inputs = [try fixture.input("big", "big.bin")]
      let result = try await fixture.runner.run(request)
      #expect(String(decoding: result.log, as: UTF8.self) == "\(9 << 20)\n")
      let digest = try fixture.later().file(at: "big.bin").digest
      #expect(try digest == fixture.sources.file(at: "big.bin").digest)
    }
  }

  @Test func inTheProjectItself() async throws {
    try await withFixture { fixture in
      try fixture.write("mine", to: "out.txt")
      try fixture.write("undeclared", to: "data/x.txt")
      var request = shell("test ! -e out.txt && cat data/x.txt > out.txt")
      request.workingFolder = .project
      request.outputs = [try output("o", "out.txt")]
      let result = try await fixture.runner.run(request)
      #expect(try fixture.text(of: result.outputs[0]) == "undeclared")
      let aside = try #require(result.displaced.first)
      #expect(try String(contentsOfFile: aside.movedTo, encoding: .utf8) == "mine")
      // What the store has need not be kept aside.
      #expect(try await fixture.runner.run(request).displaced.isEmpty)
    }
  }
}

// MARK: - Helpers

func shell(_ text: String) -> CommandRequest {
  CommandRequest(branch: "b", stage: "b", program: .shell(text))
}

func output(_ name: String, _ path: String) throws -> DeclaredOutput {
  DeclaredOutput(name: name, path: try ProjectPath(path), form: .file)
}

extension Fixture {
  func input(_ name: String, _ path: String) throws -> CommandInput {
    let source = try sources.file(at: path)
    return CommandInput(
      name: name, value: .path(path), files: [StagedFile(source)].compactMap { $0 },
      outside: source.projectPath == nil ? [source] : [])
  }
}

/// The failure of an attempt that must fail.
func failing(_ fixture: Fixture, _ request: CommandRequest) async throws -> CommandFailure {
  do throws(CommandFailure) {
    _ = try await fixture.runner.run(request)
  } catch {
    return error
  }
  throw UnexpectedSuccess()
}

struct UnexpectedSuccess: Error {}
