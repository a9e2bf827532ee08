import Foundation
import Testing

/// A command sees what it declares and nothing else.
@Suite(.timeLimit(.minutes(5)))
struct UndeclaredReadTests {
  @Test(arguments: ["settings.txt", "data/deep/settings.txt"])
  func anUndeclaredReadFailsWithAHint(path: String) async throws {
    try await withProject { project in
      let stage = shellStage(
        "words", "cat text.txt \(path) > out.txt",
        #""inputs": { "text": "text.txt" }, "outputs": { "out": "out.txt" }"#)
      try project.write(manifest(stage), to: "pipeline.json")
      try project.write("text\n", to: "text.txt")
      try project.write("settings\n", to: path)
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("stage 'words' failed"))
      #expect(outcome.errors.contains("hint:"))
      #expect(outcome.errors.contains("\"inputs\": { \"settings\": \"\(path)\" }"), "\(outcome)")
      #expect(!project.exists("out.txt"))
    }
  }

  @Test(.enabled(if: Tools.hasPython, "python3 is not installed"))
  func anUndeclaredModuleOfAProgramFailsWithAHint() async throws {
    try await withProject { project in
      let stage = """
        "words": { "kind": "command", "inputs": { "program": "count.py" },
          "command": ["python3", "{inputs.program}"], "outputs": { "out": "out.txt" } }
        """
      try project.write(manifest(stage), to: "pipeline.json")
      try project.write("import helper\nopen('out.txt', 'w').write(helper.x)\n", to: "count.py")
      try project.write("x = 'x'\n", to: "helper.py")
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("helper.py"), "\(outcome)")
    }
  }

  @Test func anOutputOfAnotherStageIsNotThereEither() async throws {
    try await withProject { project in
      let first = shellStage("first", "echo 1 > a.txt", #""outputs": { "a": "a.txt" }"#)
      let second = shellStage("second", "cat a.txt > b.txt", #""outputs": { "b": "b.txt" }"#)
      try project.write(manifest(first, second), to: "pipeline.json")
      let run = try await project.run("--jobs", "1", "--keep-going", status: 1)
      let failure = try #require(run.events.named("failed").first)
      #expect(failure.branch == "second")
      let again = try await project.run("--keep-going", status: 1)
      #expect(again.totals == Totals(hits: 1, failed: 1))
      #expect(again.events.named("failed").first?.hint?.contains("a.txt") == true)
    }
  }
}
