import Foundation
import Testing

/// Commands that fail, and what is said and kept then.
@Suite(.timeLimit(.minutes(5)))
struct FailureTests {
  @Test func theFolderOfAFailedCommandIsKeptAndNamed() async throws {
    let stage = shellStage(
      "part", "echo halfway > half.txt; echo oops >&2; exit 3",
      #""inputs": { "a": "a.txt" }, "outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      try project.write("a\n", to: "a.txt")
      let run = try await project.run(status: 1)
      let failure = try #require(run.events.named("failed").first)
      #expect(failure.cause?.contains("status 3") == true)
      #expect(failure.output == ["oops"])
      let folder = try #require(failure.folder)
      #expect(try project.read(folder + "/half.txt") == "halfway\n")
      #expect(try project.read(folder + "/a.txt") == "a\n")
      #expect(project.workFolders().isEmpty)
      let outcome = try await project.pipe("run")
      #expect(outcome.errors.contains(folder))
    }
  }

  @Test func theFolderGoesWhenTheBranchSucceeds() async throws {
    let stage = shellStage(
      "part", "cat a.txt && test ! -e \"$GATE\" && cp a.txt o.txt",
      #""inputs": { "a": "a.txt" }, "outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      try project.write("a\n", to: "a.txt")
      try project.openGate()
      try await project.run(status: 1)
      #expect(project.names(in: "cache/failed") == ["part"])
      try project.remove(project.gatePath)
      try await project.run()
      #expect(project.names(in: "cache/failed").isEmpty)
    }
  }

  @Test func aFailureIsTriedAgainByTheNextRun() async throws {
    let stage = shellStage(
      "part", "test -e \"$GATE\" && echo 1 > o.txt", #""outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      #expect(try await project.run(status: 1).totals == Totals(failed: 1))
      #expect(try await project.run(status: 1).totals == Totals(failed: 1))
      try project.openGate()
      #expect(try await project.run().totals == Totals(executed: 1))
    }
  }

  @Test func retriesAreCountedAndEachHasACleanFolder() async throws {
    let stage = shellStage(
      "flaky",
      """
      test ! -e leftover || exit 9
      touch leftover
      echo try >> "$LEDGER"
      test "$(wc -l < "$LEDGER")" -ge 3 && echo 1 > o.txt
      """, #""retries": 2, "outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      let run = try await project.run()
      #expect(run.totals == Totals(executed: 1))
      #expect(run.events.named("retrying").count == 2)
      #expect(project.ledger().count == 3)
    }
  }

  @Test func retriesRunOut() async throws {
    let stage = shellStage(
      "never", "echo try >> \"$LEDGER\"; exit 1",
      #""retries": 2, "outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      try await project.run(status: 1)
      #expect(project.ledger().count == 3)
    }
  }

  @Test func retriesAndTimeoutAreNotInTheKey() async throws {
    func text(_ members: String) -> String {
      manifest(shellStage("s", "echo 1 > o.txt", members + #""outputs": { "o": "o.txt" }"#))
    }
    try await withProject(text("")) { project in
      try await project.run()
      let other = #""retries": 3, "timeout": "1h", "cores": 2, "memory": "1MB", "#
      try project.write(text(other + #""description": "new", "#), to: "pipeline.json")
      #expect(try await project.run().totals == Totals(hits: 1))
    }
  }

  @Test func aTimeoutEndsTheWholeFamily() async throws {
    let stage = shellStage(
      "slow", BlockedRun.startFamily, #""timeout": 1, "outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      let run = try await project.run(status: 1)
      let failure = try #require(run.events.named("failed").first)
      #expect(failure.cause?.contains("time-out") == true)
      #expect(failure.hint?.contains("timeout") == true)
      #expect(project.family().count == 3)
      try await eventually("the family ends", within: .seconds(10)) {
        !project.family().contains(where: isAlive)
      }
    }
  }

  @Test func whatAFinishedCommandLeftRunningIsEnded() async throws {
    let stage = shellStage(
      "daemon", "sleep 300 & echo $! >> \"$OUTSIDE/pids\"; echo 1 > o.txt",
      #""outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      try await project.run()
      try await eventually("it ends", within: .seconds(10)) {
        !project.family().contains(where: isAlive)
      }
    }
  }

  @Test(arguments: [
    ("true", "o.txt", "made no 'o.txt'"), ("echo 1 > oo.txt", "o.txt", "did you mean 'oo.txt'"),
    ("mkdir o.txt", "o.txt", "is a folder"), ("echo 1 > o", "o/", "is a file"),
    ("mkfifo o.txt", "o.txt", "pipe"), ("kill -SEGV $$", "o.txt", "SIGSEGV"),
    ("mkdir o; ln -s /etc/passwd o/x", "o/", "/etc/passwd"), ("exit 126", "o.txt", "126"),
  ])
  func whatIsWrongIsSaid(command: String, output: String, words: String) async throws {
    let stage = shellStage("s", command, "\"outputs\": { \"o\": \"\(output)\" }")
    try await withProject(manifest(stage)) { project in
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(words), "\(outcome)")
    }
  }

  @Test func anUnknownProgramIsToldWithAHint() async throws {
    let stage = """
      "s": { "kind": "command", "command": ["pyhton3", "x"], "outputs": { "o": "o.txt" } }
      """
    try await withProject(manifest(stage)) { project in
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("'pyhton3'"))
      #expect(outcome.errors.contains("hint:"))
    }
  }

  @Test func anUndeclaredProgramOfTheProjectIsToldHowToDeclare() async throws {
    let stage = """
      "s": { "kind": "command", "command": ["./run.sh"], "outputs": { "o": "o.txt" } }
      """
    try await withProject(manifest(stage)) { project in
      try project.write("#!/bin/sh\necho 1 > o.txt\n", to: "run.sh")
      try await project.tool("chmod", "+x", "run.sh")
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(#""inputs": { "#), "\(outcome)")
    }
  }

  @Test func aSourceThatChangesDuringTheRunIsNotRecorded() async throws {
    let stage = shellStage(
      "s", "cat a.txt > o.txt; echo x >> \"$LEDGER\"; \(BlockedRun.waitForGate)",
      #""inputs": { "a": "a.txt" }, "outputs": { "o": "o.txt" }"#)
    try await withProject(manifest(stage)) { project in
      try project.write("old\n", to: "a.txt")
      let running = try project.start(["run", "--json"])
      try await eventually("it runs") { project.ledger().count == 1 }
      try project.write("new\n", to: "a.txt")
      try project.openGate()
      let outcome = try await running.outcome()
      #expect(outcome.status == 1, "\(outcome)")
      #expect(outcome.output.contains("a.txt"))
      try await project.run()
      #expect(try project.read("o.txt") == "new\n")
    }
  }
}
