import ArtifactCache
import Foundation
import PipelineEngine
import TestSupport
import Testing

/// Programs whose names hold placeholders are in the key as others are.
@Suite struct ProgramTests {
  private func install(_ path: String, _ text: String, in project: TestProject) throws {
    try project.write(path, "#!/bin/sh\necho \(text) > \"$PIPE_OUTPUT_o\"\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: project.path(path))
  }

  /// First elements of a command, `{root}` for the project, and the file that each means.
  @Test(arguments: [
    (#"["{tool}"]"#, #""map": { "tool": ["mytool"] },"#, "bin/mytool"),
    (#"["{root}/bin/my{v}"]"#, #""map": { "v": ["tool", "tool2"] },"#, "bin/mytool"),
    (#"["{params.p}"]"#, #""params": { "p": "{root}/bin/mytool" },"#, "bin/mytool"),
    (
      #"["./{params.p}/mytool"]"#, #""params": { "p": "bin" }, "workdir": "project","#,
      "bin/mytool"
    ),
  ])
  func placeholder(command: String, more: String, file: String) async throws {
    try await withTemporaryFolder { folder in
      var project = TestProject(folder)
      project.environment["PATH"] = project.path("bin") + ":/usr/bin:/bin"
      try install(file, "one", in: project)
      try install("bin/mytool2", "two", in: project)
      let output = command.contains("my{v}") ? "{v}.txt" : "tool.txt"
      let stage =
        #""n": { "kind": "command", "command": \#(command), \#(more) "#
        .replacing("{root}", with: folder) + #""outputs": { "o": "\#(output)" } }"#
      let first = try await project.run(stage)
      #expect(first.totals.isSuccess, "\(first.failures)")
      #expect(project.text("tool.txt") == "one\n")
      #expect(try await project.run(stage).totals.executed == 0)
      try install(file, "changed", in: project)
      let again = try await project.run(stage)
      #expect(again.totals.executed == 1, "only the branch whose program changed")
      #expect(again.reasons.values.map(\.word) == ["tools"])
      #expect(project.text("tool.txt") == "changed\n")
    }
  }

  @Test("A program that is an input is in the key once, as the input")
  func input() async throws {
    let stage = { (command: String) in
      """
      "n": { "kind": "command", "command": ["\(command)"], "inputs": { "p": "bin/mytool", "d": "bin/" },
             "outputs": { "o": "o.txt" } }
      """
    }
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      try install("bin/mytool", "one", in: project)
      for command in ["{inputs.p}", "{inputs.d}/mytool", "./{inputs.p}", "./bin/mytool"] {
        let outcome = try await project.run(stage(command))
        #expect(outcome.totals.executed == 1, "\(outcome.failures)")
        let text = String(decoding: try project.record("n").preimage, as: UTF8.self)
        #expect(!text.contains("\ntool "), "\(command)")
      }
    }
  }

  @Test("An input at the top of the project is the program, whatever the PATH has by its name")
  func inputAtTheTop() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      try install("sort", "mine", in: project)
      let stage = """
        "n": { "kind": "command", "command": ["{inputs.p}"], "inputs": { "p": "./sort" },
               "outputs": { "o": "o.txt" } }
        """
      let outcome = try await project.run(stage)
      #expect(outcome.totals.executed == 1, "\(outcome.failures)")
      #expect(project.text("o.txt") == "mine\n")
      let text = String(decoding: try project.record("n").preimage, as: UTF8.self)
      #expect(!text.contains("\ntool "))
    }
  }

  @Test("Two spellings of one character are two programs")
  func spelling() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      let names = ["e\u{301}", "\u{e9}"]
      for (number, name) in names.enumerated() {
        try install("bin/\(name)", "\(number)", in: project)
      }
      let stages = names.enumerated().map { number, name in
        """
        "n\(number)": { "kind": "command", "params": { "p": "\(name)" },
                       "command": ["\(folder)/bin/{params.p}"], "outputs": { "o": "o/\(number)" } }
        """
      }.joined(separator: ",")
      #expect(try await project.run(stages).totals.executed == 2)
      try install("bin/\(names[1])", "changed", in: project)
      #expect(try await project.run(stages).totals.executed == 1)
      #expect(project.text("o/1") == "changed\n")
    }
  }

  @Test("A program that changes while it runs: nothing is recorded, and what needs it is not run")
  func changesDuringRun() async throws {
    try await withTemporaryFolder { folder in
      var project = TestProject(folder)
      project.environment["PATH"] = project.path("bin") + ":/usr/bin:/bin"
      let change = "cp \"$0\" new; echo '#' >> new; mv new \"$0\""
      let stages = """
        "n": { "kind": "command", "map": { "v": [1, 2, 3] }, "command": ["mytool"],
               "outputs": { "o": "{v}.txt" } },
        "other": { "kind": "command", "command": "echo 1 > p", "outputs": { "o": "p" } }
        """
      try install("bin/mytool", "old > \"$PIPE_OUTPUT_o\"; \(change); echo", in: project)
      // Long enough ago that its signature proves its content.
      try await Task.sleep(for: .milliseconds(100))
      let outcome = try await project.run(stages, jobs: 1, keepsGoing: true)
      #expect(outcome.executed == ["other"])
      #expect(try project.records() == 1)
      let causes = outcome.failures.values.map(\.cause).sorted()
      try #require(causes.count == 3, "\(causes)")
      let program = "program '\(project.path("bin/mytool"))'"
      #expect(
        causes == [
          "\(program) changed while the stage ran, so nothing was recorded",
          "\(program) has changed since this run began, so the stage was not run",
          "\(program) has changed since this run began, so the stage was not run",
        ])
      try install("bin/mytool", "new", in: project)
      let next = try await project.run(stages)
      #expect(next.totals.executed == 3 && next.totals.hits == 1)
      #expect(project.text("3.txt") == "new\n")
    }
  }

  @Test("A program that is written anew with the same content is no change")
  func touchedDuringRun() async throws {
    try await withTemporaryFolder { folder in
      var project = TestProject(folder)
      project.environment["PATH"] = project.path("bin") + ":/usr/bin:/bin"
      let text = "\"old\" > \"$PIPE_OUTPUT_o\"; cp -p \"$0\" new; mv new \"$0\"; echo"
      try install("bin/mytool", text, in: project)
      let stage = """
        "n": { "kind": "command", "map": { "v": [1, 2, 3] }, "command": ["mytool"],
               "outputs": { "o": "{v}.txt" } }
        """
      #expect(try await project.run(stage).totals.executed == 3)
      #expect(try await project.run(stage).totals.hits == 3)
    }
  }
}
