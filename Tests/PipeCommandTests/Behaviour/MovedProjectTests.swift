import Foundation
import Testing

/// What is in no key: where the project is, what its stages are called, how the manifest is laid out.
@Suite(.timeLimit(.minutes(5)))
struct MovedProjectTests {
  @Test func aMovedOrCopiedProjectExecutesNothing() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 4)
      try fan.install(in: project)
      try await project.run()
      try await project.tool("cp", "-r", project.root, project.outside + "/copy")
      let copy = TestProject(root: project.outside + "/copy", outside: project.outside)
      #expect(try await copy.run().totals == Totals(hits: 6))
      try await copy.tool("mv", copy.root, project.outside + "/moved")
      let moved = TestProject(root: project.outside + "/moved", outside: project.outside)
      #expect(try await moved.run().totals == Totals(hits: 6))
      #expect(project.ledger().count == 6)
    }
  }

  @Test func aStrangePathOfTheProjectDoesNotMatter() async throws {
    try await withProject { project in
      let root = project.outside + "/my pro ject\n\u{E9}'\"$x*"
      let strange = TestProject(root: root, outside: project.outside)
      try strange.makeFolder(".")
      let fan = FanPipeline(width: 4)
      try fan.install(in: strange)
      #expect(try await strange.run().totals == Totals(executed: 6))
      #expect(try strange.read("total.txt") == fan.total)
      #expect(try await strange.run().totals == Totals(hits: 6))
    }
  }

  @Test func aRenamedStageKeepsItsResults() async throws {
    try await withProject { project in
      try FanPipeline(width: 4).install(in: project)
      try await project.run()
      let renamed = try project.read("pipeline.json")
        .replacingOccurrences(of: "\"sink\": {", with: "\"end\": {")
      try project.write(renamed, to: "pipeline.json")
      #expect(try await project.run().totals == Totals(hits: 6))
      let logs = try await project.pipe("logs", "end")
      #expect(!logs.errors.contains("not run"), "its result is there: \(logs)")
    }
  }

  @Test func theLayoutOfTheManifestIsInNoKey() async throws {
    try await withProject { project in
      try FanPipeline(width: 4).install(in: project)
      try await project.run()
      let object = try JSONSerialization.jsonObject(
        with: Data(try project.read("pipeline.json").utf8))
      let pretty = try JSONSerialization.data(
        withJSONObject: object, options: [.prettyPrinted, .sortedKeys])
      try pretty.write(to: URL(fileURLWithPath: project.path("pipeline.json")))
      #expect(try await project.run().totals == Totals(hits: 6))
    }
  }

  @Test func anEmptyEnvironmentIsEnough() async throws {
    try await withProject { project in
      let stage = shellStage("s", "echo 1 > o.txt", #""outputs": { "o": "o.txt" }"#)
      try project.write(manifest(stage), to: "pipeline.json")
      let running = try RunningProgram(
        try PipeProgram.path(), ["run"], environment: [:], directory: project.root,
        captures: project.outside)
      let outcome = try await running.outcome()
      #expect(outcome.status == 0, "\(outcome)")
      #expect(try project.read("o.txt") == "1\n")
    }
  }
}
