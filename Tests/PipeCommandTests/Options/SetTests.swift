import Foundation
import Testing

/// `--set stage.param=value` changes a parameter for one run.
@Suite(.timeLimit(.minutes(5)))
struct SetTests {
  private static let manifestText = manifest(
    shellStage(
      "say", #"printf %s "$PIPE_PARAM_text" > text.txt; cat "$PIPE_JSON" > all.json"#,
      #""params": { "text": "plain", "deep": { "x": 1 } }, "#
        + #""outputs": { "text": "text.txt", "all": "all.json" }"#))

  @Test(arguments: [
    ("Hi", "Hi"), ("5", "5"), ("0.50", "0.50"), ("true", "true"), ("two words", "two words"),
    ("\"Hi\"", "Hi"), ("\"5\"", "5"), ("a=b", "a=b"), ("", ""), ("$HOME `id`", "$HOME `id`"),
    ("é", "é"),
  ])
  func valuesArriveAsTyped(typed: String, arrives: String) async throws {
    try await withProject(Self.manifestText) { project in
      try await project.run("--set", "say.text=\(typed)")
      #expect(try project.read("text.txt") == arrives)
    }
  }

  @Test func aDeepParameterIsSet() async throws {
    try await withProject(Self.manifestText) { project in
      try await project.run("--set", "say.deep.x=7", "--set", "say.text=both")
      #expect(try project.read("all.json").contains(#""deep":{"x":7}"#))
      #expect(try project.read("text.txt") == "both")
    }
  }

  @Test func settingTheValueOfTheFileIsAHit() async throws {
    try await withProject(Self.manifestText) { project in
      try await project.run()
      #expect(try await project.run("--set", "say.text=plain").totals == Totals(hits: 1))
      #expect(try await project.run("--set", "say.text=other").totals == Totals(executed: 1))
      #expect(try await project.run().totals.executed == 0)
      #expect(try project.read("text.txt") == "plain")
    }
  }

  @Test(arguments: [
    ("say.txet=1", "did you mean 'text'"), ("sya.text=1", "did you mean 'say'"),
    ("say", "stage.parameter=value"), ("say.text", "value"), ("=1", "stage"),
    ("say.deep.y=1", "did you mean 'deep.x'"),
  ])
  func mistakesAreUsageErrors(typed: String, hint: String) async throws {
    try await withProject(Self.manifestText) { project in
      let outcome = try await project.pipe("run", "--set", typed)
      #expect(outcome.status == 64, "\(outcome)")
      #expect(outcome.errors.contains("--set"))
      #expect(outcome.errors.contains(hint), "\(outcome)")
      #expect(!outcome.errors.contains("in pipeline.json"), "the file has no problem: \(outcome)")
      #expect(!project.exists("text.txt"))
    }
  }

  @Test func anAxisCannotBeSet() async throws {
    try await withProject { project in
      try FanPipeline(width: 1).install(in: project)
      let outcome = try await project.pipe("run", "--set", "part.i=4")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("axis 'i'"))
    }
  }

  @Test func aParameterOfABuiltInKindIsChecked() async throws {
    let text = manifest(
      #""mnist": { "kind": "dataset" }"#,
      #""train": { "kind": "train", "inputs": { "data": "mnist" } }"#)
    try await withProject(text) { project in
      let outcome = try await project.pipe("status", "--set", "train.epochs=many")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("epochs"))
      #expect(outcome.errors.contains("integer"))
    }
  }
}
