import Foundation
import Testing

/// What can be named on the command line, rightly and wrongly.
@Suite(.timeLimit(.minutes(5)))
struct TargetTests {
  private static let grid = manifest(
    shellStage(
      "fit", "echo $PIPE_AXIS_lr $PIPE_AXIS_model > $PIPE_OUTPUT_fit",
      #""map": { "lr": [0.1, 0.01], "model": [1, 2, 3] }, "#
        + #""outputs": { "fit": "fits/{lr}-{model}.txt" }"#),
    shellStage(
      "best", "sort fits/* > $PIPE_OUTPUT_best",
      #""inputs": { "fits": "fit@model=*" }, "outputs": { "best": "best/{lr}.txt" }"#))

  @Test(arguments: [
    ("fit", 6), ("fit@*", 6), ("fit@lr=0.1,model=2", 1), ("fit@model=2,lr=0.1", 1),
    ("fit@model=2", 2), ("fit@lr=0.1,model=*", 3), ("fit@lr=0.10,model=2", 1),
    ("fits/0.1-2.txt", 1), ("./fits/0.1-2.txt", 1), ("fits", 6), ("fits/", 6),
    ("best@lr=0.01", 4), ("best@0.01", 4), ("best/0.01.txt", 4), ("best", 8),
  ])
  func targetsAndWhatTheyNeedRun(target: String, count: Int) async throws {
    try await withProject(Self.grid) { project in
      let run = try await project.run(target)
      #expect(run.totals == Totals(executed: count))
    }
  }

  @Test func severalTargetsAreOneSet() async throws {
    try await withProject(Self.grid) { project in
      let run = try await project.run("fit@model=1", "fit@lr=0.1", "fits/0.1-1.txt")
      #expect(run.totals == Totals(executed: 4))
    }
  }

  @Test func onlyOutputsOfTheTargetsAppear() async throws {
    try await withProject(Self.grid) { project in
      try await project.run("best@lr=0.1")
      #expect(project.names(in: "best") == ["0.1.txt"])
      #expect(project.names(in: "fits") == ["0.1-1.txt", "0.1-2.txt", "0.1-3.txt"])
    }
  }

  @Test(arguments: [
    ("fitt", "did you mean 'fit'"), ("fit@modle=1", "did you mean 'model'"),
    ("fit@model=4", "one of 1, 2, 3"), ("fit@1", "name of its axis"),
    ("fits/0.1-4.txt", "did you mean 'fits/0.1-"), ("fit@", "@value"), ("@", ""), ("", ""),
    ("/etc/passwd", ""), ("fit@model=", ""), ("fit@model=1,model=2", ""), ("pipeline.json", ""),
  ])
  func mistakesAreUsageErrorsWithAHint(target: String, hint: String) async throws {
    try await withProject(Self.grid) { project in
      let outcome = try await project.pipe("run", target)
      #expect(outcome.status == 64, "\(outcome)")
      #expect(outcome.errors.contains("error: "))
      #expect(hint.isEmpty || outcome.errors.contains(hint), "\(outcome)")
      #expect(project.names(in: "fits").isEmpty)
    }
  }
}
