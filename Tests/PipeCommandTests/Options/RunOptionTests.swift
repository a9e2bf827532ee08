import Foundation
import Testing

/// `--dry-run`, `--jobs`, `--keep-going`, `--force`.
@Suite(.timeLimit(.minutes(5)))
struct RunOptionTests {
  @Test func aDryRunTellsEverythingAndRunsNothing() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      let before = try await project.pipe("run", "--dry-run")
      #expect(before.status == 0)
      #expect(before.output.contains("would run  source"))
      #expect(before.output.contains("1 would run, 4 may run, 0 up to date"))
      #expect(project.ledger().isEmpty)
      #expect(!project.exists("cache"), "a dry run leaves no trace")
      try await project.run()
      let after = try await project.pipe("run", "-n")
      #expect(after.output == "0 would run, 0 may run, 5 up to date\n")
      #expect(project.ledger().count == 5)
    }
  }

  @Test func aDryRunSpeaksJSON() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      try await project.run()
      try FanPipeline(width: 3, factor: 5).install(in: project)
      let events = try await project.pipe("run", "--dry-run", "--json").events()
      #expect(events.branches("would-run") == ["part@i=1", "part@i=2", "part@i=3"])
      #expect(
        events.named("would-run").map(\.reason) == ["parameters", "parameters", "parameters"])
      #expect(events.branches("may-run") == ["sink"])
    }
  }

  @Test(arguments: [1, 3])
  func jobsRunAtOnce(jobs: Int) async throws {
    try await withProject { project in
      var fan = FanPipeline(width: 6)
      fan.prelude = BlockedRun.waitForGate
      try fan.install(in: project)
      let running = try project.start(["run", "--json", "--jobs", "\(jobs)"])
      try await eventually("as many parts as jobs run") {
        try running.eventsSoFar().branches("running").filter { $0 != "source" }.count == jobs
      }
      try project.openGate()
      let run = try Run(try await running.outcome())
      var atOnce = 0
      var most = 0
      for event in run.events {
        if event.event == "running" { atOnce += 1 }
        if event.event == "executed" { atOnce -= 1 }
        most = max(most, atOnce)
      }
      #expect(most == jobs)
      #expect(run.totals.executed == 8)
    }
  }

  @Test func coresAreReserved() async throws {
    try await withProject { project in
      let wide = shellStage(
        "wide",
        """
        echo start >> "$LEDGER"
        \(BlockedRun.waitForGate)
        echo 1 > "$PIPE_OUTPUT_o"
        """,
        #""map": { "i": [1, 2, 3, 4] }, "cores": 2, "outputs": { "o": "o/{i}" }"#)
      try project.write(manifest(wide), to: "pipeline.json")
      let running = try project.start(["run", "--json", "--jobs", "4"])
      try await eventually("two branches run") { project.ledger().count == 2 }
      #expect(try running.eventsSoFar().branches("running").count == 2)
      try project.openGate()
      #expect(try await running.outcome().totals().executed == 4)
    }
  }

  @Test func aStageThatWantsMoreCoresThanThereAreRunsAlone() async throws {
    try await withProject { project in
      let wide = shellStage(
        "wide", "echo 1 > o.txt", #""cores": 64, "outputs": { "o": "o.txt" }"#)
      try project.write(manifest(wide), to: "pipeline.json")
      #expect(try await project.run("--jobs", "2").totals.executed == 1)
    }
  }

  static let failing = manifest(
    shellStage(
      "part", "[ $PIPE_AXIS_i != 2 ] && echo $PIPE_AXIS_i > $PIPE_OUTPUT_o",
      #""map": { "i": { "from": 1, "count": 6 } }, "outputs": { "o": "parts/{i}" }"#),
    shellStage(
      "sink", "cat parts/* > sink.txt",
      #""inputs": { "parts": "part@*" }, "outputs": { "o": "sink.txt" }"#))

  @Test func keepGoingRunsWhatDoesNotDependOnAFailure() async throws {
    try await withProject(Self.failing) { project in
      let run = try await project.run("--keep-going", status: 1)
      #expect(run.totals == Totals(executed: 5, failed: 1, skipped: 1))
      #expect(run.events.branches("failed") == ["part@i=2"])
      #expect(run.events.branches("skipped") == ["sink"])
    }
  }

  @Test func withoutKeepGoingNothingNewBegins() async throws {
    try await withProject(Self.failing) { project in
      let run = try await project.run("--jobs", "1", status: 1)
      #expect(run.totals.failed == 1)
      #expect(run.totals.branches == 7)
      #expect(run.events.last(where: { $0.event == "running" })?.branch == "part@i=2")
    }
  }

  @Test func forceRunsTheTargetsOnly() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      try await project.run()
      let one = try await project.run("--force", "part@i=2")
      #expect(one.totals == Totals(executed: 1, hits: 1))
      #expect(one.executed == ["part@i=2"])
      #expect(try await project.run("--force").totals == Totals(executed: 5))
      #expect(try await project.run().totals == Totals(hits: 5))
    }
  }

  @Test func whatForceMadeIsTheResultFromThenOn() async throws {
    let manifest = """
      { "stages": { \(shellStage(
        "one", "date +%s%N > o.txt", #""outputs": { "o": "o.txt" }"#)) } }
      """
    try await withProject(manifest) { project in
      try await project.run()
      let first = try project.read("o.txt")
      #expect(try await project.run("--force").totals == Totals(executed: 1))
      let second = try project.read("o.txt")
      #expect(second != first)
      #expect(try await project.run().totals == Totals(hits: 1))
      #expect(try project.read("o.txt") == second)
    }
  }

  @Test(arguments: [
    ["--jobs", "0"], ["--jobs", "-1"], ["--jobs", "many"], ["--nonsense"], ["-x"],
  ])
  func wrongOptionsAreUsageErrors(arguments: [String]) async throws {
    try await withProject { project in
      try FanPipeline(width: 1).install(in: project)
      let outcome = try await project.start(["run"] + arguments).outcome()
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("rror:"))
      #expect(project.ledger().isEmpty)
    }
  }

  @Test func jobsMayBeTypedAsInMake() async throws {
    try await withProject { project in
      try FanPipeline(width: 1).install(in: project)
      #expect(try await project.pipe("run", "-j2").status == 0)
    }
  }
}
