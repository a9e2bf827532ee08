import ArtifactCache
import Foundation
import PipelineEngine
import TestSupport
import Testing

@Suite struct FailureTests {
  private struct Broken: Error, CustomStringConvertible {
    var description: String { "it broke\nhint: mend it" }
  }

  /// `bad` fails; `after` and `end` need it, `good` and `far` don't.
  private let stages = """
    "bad": { "kind": "leaf" }, "after": { "kind": "one", "inputs": { "a": "bad" } },
    "end": { "kind": "two", "inputs": { "a": "after", "b": "good" } },
    "good": { "kind": "leaf", "params": { "salt": 1 } },
    "far": { "kind": "one", "inputs": { "a": "good" }, "params": { "salt": 2 } }
    """
  private let hooks: [String: Tape.Hook] = ["bad": { _ in throw Broken() }]

  @Test func stopsAtTheFirstFailure() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      // One at a time, and `bad` is nearest the end.
      let outcome = try await project.run(
        """
        "a": { "kind": "leaf", "params": { "salt": 1 } }, "bad": { "kind": "leaf" },
        "b": { "kind": "one", "inputs": { "a": "a" } }
        """, jobs: 1, hooks: hooks)
      #expect(outcome.ran == ["bad"])
      #expect(outcome.totals.failed == 1 && outcome.totals.executed == 0)
      #expect(outcome.totals.skipped == 2 && !outcome.totals.isSuccess)
      let failure = try #require(outcome.failures["bad"])
      #expect(failure.cause == "it broke" && failure.hint == "mend it")
      #expect(try project.records() == 0)
    }
  }

  @Test func keepsGoing() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      let outcome = try await project.run(stages, keepsGoing: true, hooks: hooks)
      #expect(outcome.executed == ["far", "good"])
      #expect(outcome.skipped == ["after", "end"])
      #expect(outcome.totals.executed == 2 && outcome.totals.failed == 1)
      #expect(outcome.totals.skipped == 2 && outcome.totals.hits == 0)
      let next = try await project.run(stages)
      #expect(next.ran == ["after", "bad", "end"], "what was finished is kept")
      #expect(next.totals.isSuccess && next.totals.hits == 2)
    }
  }

  @Test("A branch that fails does not take a finished result with it")
  func failureAfterSuccess() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(stages)
      let failed = try await project.run(
        stages, targets: ["bad"], isForced: true, hooks: hooks)
      #expect(failed.totals.failed == 1)
      #expect(try await project.run(stages).totals.hits == 5)
    }
  }

  @Test func outputNotWritten() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      let outcome = try await project.run(#""n": { "kind": "pages", "params": { "count": 0 } }"#)
      #expect(outcome.failures["n"]?.cause.contains("'book'") == true)
      #expect(try project.records() == 0)
    }
  }

  @Test func failedCommand() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      let outcome = try await project.run(
        """
        "n": { "kind": "command", "command": "echo so far; exit 3", "outputs": { "o": "o" } },
        "m": { "kind": "command", "command": "cat o > p", "inputs": { "o": "n" },
               "outputs": { "p": "p" } }
        """, keepsGoing: true)
      let failure = try #require(outcome.failures["n"])
      #expect(failure.cause.contains("3") && failure.output == ["so far"])
      #expect(failure.facts.map(\.name) == ["key", "folder"])
      #expect(outcome.skipped == ["m"] && outcome.totals.skipped == 1)
      #expect(project.text("o") == nil)
    }
  }

  @Test("A command is tried again as often as it says, and counts once")
  func retries() async throws {
    let stage = { (retries: Int) in
      """
      "n": { "kind": "command", "retries": \(retries), "passEnvironment": ["COUNT"],
             "command": "echo x >> $COUNT; test $(wc -l < $COUNT) -ge 3 && touch o",
             "outputs": { "o": "o" } }
      """
    }
    try await withTemporaryFolder { folder in
      var project = TestProject(folder)
      project.environment["COUNT"] = project.path("attempts")
      let failed = try await project.run(stage(1))
      #expect(failed.totals.failed == 1 && project.text("attempts") == "x\nx\n")
      try FileManager.default.removeItem(atPath: project.path("attempts"))
      let succeeded = try await project.run(stage(5))
      #expect(succeeded.totals.executed == 1 && succeeded.totals.isSuccess)
      #expect(project.text("attempts") == "x\nx\nx\n")
      let attempts = succeeded.events.compactMap { event -> Int? in
        if case .retrying(_, let attempt, _) = event { attempt } else { nil }
      }
      #expect(attempts == [2, 3])
    }
  }

  @Test("Missing files and programs fail their branch alone")
  func missing() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      let text = """
        "n": { "kind": "command", "command": "cat no.txt > o", "inputs": { "t": "no.txt" },
               "outputs": { "o": "o" } },
        "m": { "kind": "command", "command": ["no-such-program"], "outputs": { "p": "p" } },
        "k": { "kind": "leaf" }
        """
      let outcome = try await project.run(text, keepsGoing: true)
      #expect(outcome.failures.keys.sorted() == ["m", "n"])
      #expect(outcome.failures["n"]?.cause.contains("no.txt") == true)
      #expect(outcome.failures["m"]?.cause.contains("no-such-program") == true)
      #expect(outcome.executed == ["k"])
      let statuses = try project.assess(project.plan(text)).statuses
      guard case .blocked = statuses[0], case .blocked = statuses[1], case .upToDate = statuses[2]
      else {
        Issue.record("\(statuses)")
        return
      }
    }
  }

  @Test(
    "A source that changes while its stage runs is not recorded under its old content",
    arguments: ["private", "project"])
  func changingSource(workFolder: String) async throws {
    let stage = """
      "n": { "kind": "command", "inputs": { "text": "in.txt" }, "outputs": { "o": "o" },
             "passEnvironment": ["ROOT"], "workdir": "\(workFolder)",
             "command": "cat in.txt > o; test -e $ROOT/stop || echo new > $ROOT/in.txt" },
      "m": { "kind": "command", "inputs": { "o": "n" }, "command": "cat o > p",
             "outputs": { "p": "p" } }
      """
    try await withTemporaryFolder { folder in
      var project = TestProject(folder)
      project.environment["ROOT"] = project.root
      try project.write("in.txt", "old\n")
      let outcome = try await project.run(stage)
      let cause = try #require(outcome.failures["n"]?.cause)
      #expect(cause.contains("changed while") && cause.contains("'in.txt'"))
      #expect(outcome.totals.failed == 1 && outcome.totals.skipped == 1)
      #expect(try project.records() == 0)
      if workFolder == "private" { #expect(project.text("o") == nil) }
      try project.write("stop", "")
      #expect(try await project.run(stage).totals.executed == 2)
      #expect(project.text("p") == "new\n")
    }
  }

  @Test("Cancelling ends the run, and keeps what is finished")
  func cancelling() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      let run = Task {
        try await project.run(
          """
          "a": { "kind": "leaf" }, "b": { "kind": "one", "inputs": { "a": "a" } },
          "c": { "kind": "one", "inputs": { "a": "b" }, "params": { "salt": 1 } }
          """,
          hooks: [
            "b": { _ in
              withUnsafeCurrentTask { $0?.cancel() }
              try await Task.sleep(for: .seconds(60))
            }
          ])
      }
      let outcome = try await run.value
      #expect(outcome.totals.executed == 1 && outcome.totals.skipped == 2)
      #expect(outcome.totals.failed == 0 && !outcome.totals.isSuccess)
    }
  }
}
