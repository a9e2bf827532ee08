import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Several programs on one cache share the work.
@Suite(.timeLimit(.minutes(5)))
struct ConcurrentRunTests {
  @Test(arguments: FanPipeline.Form.allCases)
  func twoRunsExecuteEverythingOnce(form: FanPipeline.Form) async throws {
    try await withProject { project in
      let fan = FanPipeline(form: form)
      try fan.install(in: project)
      let both = try (0..<2).map { _ in try project.start(["run", "--json"]) }
      var executed = 0
      for running in both {
        let outcome = try await running.outcome()
        #expect(outcome.status == 0, "\(outcome)")
        let totals = try outcome.totals()
        #expect(totals.branches == 22)
        executed += totals.executed
      }
      #expect(executed == 22)
      #expect(project.ledger().count == 22)
      #expect(try project.read("total.txt") == fan.total)
      #expect(try await project.run().totals == Totals(hits: 22))
    }
  }

  @Test(arguments: FanPipeline.Form.allCases)
  func eightRunsExecuteEverythingOnceAndStatusAnswers(form: FanPipeline.Form) async throws {
    try await withProject { project in
      let fan = FanPipeline(form: form, width: 30)
      try fan.install(in: project)
      let runs = try (0..<8).map { _ in try project.start(["run", "--json", "--jobs", "2"]) }
      var answers = 0
      while runs.contains(where: \.isRunning) {
        let status = try await project.pipe("status", "--json")
        #expect(status.status == 0, "\(status)")
        let branches = try StageCounts.parse(status.output).values.map(\.branches).reduce(0, +)
        #expect(branches == fan.branches)
        answers += 1
      }
      #expect(answers > 0)
      var executed = 0
      for running in runs {
        let outcome = try await running.outcome()
        #expect(outcome.status == 0, "\(outcome)")
        let totals = try outcome.totals()
        #expect(totals.branches == fan.branches)
        executed += totals.executed
      }
      #expect(executed == fan.branches)
      #expect(project.ledger().count == fan.branches)
      #expect(try project.read("total.txt") == fan.total)
      #expect(try await project.pipe("cache", "check").output.contains("all whole"))
      #expect(try await project.run().totals == Totals(hits: fan.branches))
    }
  }

  /// Both make the index of a cache that is not there yet.
  @Test func runsThatStartInTheSameInstantShareANewCache() async throws {
    for _ in 0..<8 {
      try await withProject { project in
        try FanPipeline(width: 6).install(in: project)
        let runs = try (0..<4).map { _ in try project.start(["run", "--json"]) }
        var executed = 0
        for running in runs { executed += try await running.outcome().totals().executed }
        #expect(executed == 8)
        #expect(project.ledger().count == 8)
      }
    }
  }

  @Test func aRunThatFailedWaitsForNobody() async throws {
    try await withProject { project in
      let wait = shellStage(
        "slow", BlockedRun.waitForGate + "; echo 1 > s.txt", #""outputs": { "s": "s.txt" }"#)
      let bad = shellStage("bad", "sleep 1; false", #""outputs": { "b": "b.txt" }"#)
      try project.write("{ \"stages\": { \(wait), \(bad) } }", to: "pipeline.json")
      let first = try project.start(["run", "--json", "slow"])
      try await eventually("the first runs") {
        try first.eventsSoFar().branches("running").count == 1
      }
      let second = try await project.run("--jobs", "2", status: 1)
      #expect(second.totals == Totals(failed: 1, skipped: 1))
      #expect(first.isRunning)
      try project.openGate()
      #expect(try await first.outcome().status == 0)
    }
  }

  @Test func aRunWaitsForWhatAnotherIsRunning() async throws {
    try await withProject { project in
      let (first, second) = try await Self.oneRunsAndOneWaits(in: project)
      try project.openGate()
      let totals = [
        try await first.outcome().totals(), try await second.outcome().totals(),
      ]
      #expect(totals.map(\.executed).reduce(0, +) == 5)
      #expect(totals.map(\.branches) == [5, 5])
      #expect(project.ledger().count == 5)
    }
  }

  @Test func aWaitingRunTakesOverFromOneThatIsKilled() async throws {
    try await withProject { project in
      let (first, second) = try await Self.oneRunsAndOneWaits(in: project)
      first.send(signal: SIGKILL)
      _ = try await first.outcome()
      try await eventually("the second run takes over") {
        try second.eventsSoFar().branches("running").count == 3
      }
      try project.openGate()
      let totals = try await second.outcome().totals()
      #expect(totals == Totals(executed: 4, hits: 1))
      #expect(try project.read("total.txt") == FanPipeline(width: 3).total)
    }
  }

  @Test func aWaitingRunCanBeInterrupted() async throws {
    try await withProject { project in
      let (first, second) = try await Self.oneRunsAndOneWaits(in: project)
      second.send(signal: SIGINT)
      #expect(try await second.outcome().status == 130)
      #expect(first.isRunning)
      try project.openGate()
      #expect(try await first.outcome().totals() == Totals(executed: 5))
    }
  }

  /// Two runs of a fan of three: the parts are run by the first, and the second waits for them.
  private static func oneRunsAndOneWaits(
    in project: TestProject
  ) async throws -> (RunningProgram, RunningProgram) {
    var fan = FanPipeline(width: 3)
    fan.prelude = BlockedRun.waitForGate
    try fan.install(in: project)
    let first = try project.start(["run", "--json", "--jobs", "3"])
    try await eventually("all parts run") {
      try first.eventsSoFar().branches("running").count == 4
    }
    let second = try project.start(["run", "--json", "--jobs", "3"])
    try await eventually("the second run waits") {
      try second.eventsSoFar().branches("waiting").count == 3
    }
    return (first, second)
  }

  @Test func statusAnswersWhileARunIsGoingOn() async throws {
    try await withProject { project in
      var fan = FanPipeline(width: 3)
      fan.prelude = BlockedRun.waitForGate
      try fan.install(in: project)
      let running = try project.start(["run", "--json", "--jobs", "1"])
      try await eventually("a part runs") {
        try running.eventsSoFar().branches("running").count == 2
      }
      let status = try await project.pipe("status", "--json")
      #expect(status.status == 0)
      #expect(running.isRunning)
      let stages = try StageCounts.parse(status.output)
      #expect(stages["source"]?.upToDate == 1)
      #expect(stages["part"]?.wouldRun == 3)
      #expect(stages["sink"]?.mayRun == 1)
      try project.openGate()
      #expect(try await running.outcome().status == 0)
    }
  }
}
