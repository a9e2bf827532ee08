import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a run had finished when it was killed is not done again.
@Suite(.timeLimit(.minutes(5)))
struct KilledRunTests {
  @Test(arguments: FanPipeline.Form.allCases)
  func nothingFinishedIsRepeated(form: FanPipeline.Form) async throws {
    try await withProject { project in
      var fan = FanPipeline(form: form)
      fan.prelude = BlockedRun.waitForGate(after: 8)
      try fan.install(in: project)
      let running = try project.start(["run", "--json", "--jobs", "2"])
      try await eventually("eight branches have finished") {
        try running.eventsSoFar().branches("executed").count >= 8
      }
      running.send(signal: SIGKILL)
      let killed = try await running.outcome()
      #expect(killed.status == 128 + 9)
      let finished = Set(try Event.parse(unfinished: killed.output).branches("executed"))
      try project.openGate()

      let next = try await project.run()
      #expect(finished.isDisjoint(with: next.executed))
      // A branch may have been recorded and not yet told when the signal came.
      #expect(next.totals.hits >= finished.count)
      #expect(next.totals.executed + next.totals.hits == 22)
      #expect(try project.read("total.txt") == fan.total)
      #expect(try await project.run().totals == Totals(hits: 22))
      #expect(project.workFolders().isEmpty, "no leftovers of the killed run")
    }
  }

  /// A run that is alone writes the index now and then: what it had finished before it was killed is in
  /// the journal alone.
  @Test func whatWasNotIndexedIsFound() async throws {
    try await withProject { project in
      var fan = FanPipeline()
      fan.prelude = BlockedRun.waitForGate(after: 12)
      try fan.install(in: project)
      let running = try project.start(["run", "--json", "--jobs", "2"])
      try await eventually("eleven branches have finished") {
        try running.eventsSoFar().branches("executed").count >= 11
      }
      running.send(signal: SIGKILL)
      let finished = try Event.parse(unfinished: try await running.outcome().output)
        .branches("executed")
      let counts = try StageCounts.parse(try await project.pipe("status", "--json").output)
      #expect(counts.values.map(\.upToDate).reduce(0, +) >= finished.count)
      try project.openGate()
      let next = try await project.run()
      #expect(next.events.named("notice").contains { $0.text?.contains("records indexed") == true })
      #expect(Set(finished).isDisjoint(with: next.executed))
      #expect(try project.read("total.txt") == fan.total)
    }
  }

  /// The moments of the kills are spread over a whole run, from before it opens the cache to its end.
  @Test func aKillAtAnyMomentLosesNothing() async throws {
    try await withProject { project in
      var fan = FanPipeline(width: 16)
      try fan.install(in: project)
      let clock = ContinuousClock()
      let begin = clock.now
      try await project.run()
      let whole = clock.now - begin
      let kills = 25
      for kill in 0..<kills {
        // Everything anew: other content everywhere.
        fan.seed += 1
        try fan.install(in: project)
        let running = try project.start(["run", "--json"])
        try await Task.sleep(for: whole * kill / kills)
        running.send(signal: SIGKILL)
        let killed = try await running.outcome()
        let told = Set(try Event.parse(unfinished: killed.output).branches("executed"))

        let check = try await project.pipe("cache", "check")
        #expect(check.status == 0, "\(check)")
        let status = try await project.pipe("status", "--json")
        let upToDate = try StageCounts.parse(status.output).values.map(\.upToDate).reduce(0, +)
        #expect(upToDate >= told.count)
        let next = try await project.run()
        #expect(told.isDisjoint(with: next.executed), "kill \(kill)")
        #expect(
          next.totals
            == Totals(
              executed: fan.branches - upToDate, hits: upToDate,
              restored: next.totals.restored), "kill \(kill)")
        #expect(try project.read("total.txt") == fan.total)
      }
      // The first run that needs a folder for commands removes what killed ones left there.
      fan.seed += 1
      try fan.install(in: project)
      try await project.run()
      #expect(try await project.pipe("cache", "check", "--repair").status == 0)
      #expect(try await project.pipe("cache", "check").output.contains("all whole"))
      #expect(project.workFolders().isEmpty)
    }
  }

  @Test func aSurvivorOfAKilledRunSpoilsNothing() async throws {
    try await withProject { project in
      let slow = shellStage(
        "slow", "\(BlockedRun.waitForGate); cat text.txt > out.txt; echo $$ >> \"$OUTSIDE/done\"",
        #""inputs": { "text": "text.txt" }, "outputs": { "out": "out.txt" }"#)
      try project.write(manifest(slow), to: "pipeline.json")
      try project.write("old\n", to: "text.txt")
      let running = try project.start(["run", "--json"])
      try await eventually("it runs") { try running.eventsSoFar().named("running").count == 1 }
      try await eventually("its folder is made") {
        project.files(below: "cache/work").contains { $0.hasSuffix("text.txt") }
      }
      running.send(signal: SIGKILL)
      _ = try await running.outcome()
      try project.write("new\n", to: "text.txt")
      try project.openGate()
      try await project.run()
      #expect(try project.read("out.txt") == "new\n")
      let run = try await project.run()
      #expect(run.totals == Totals(hits: 1))
      #expect(try project.read("out.txt") == "new\n")
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aSignalEndsEverything(signal: Int32) async throws {
    try await withProject { project in
      var fan = FanPipeline()
      fan.prelude = """
        if [ "$(wc -l < "$LEDGER")" -ge 8 ] && [ ! -e "$GATE" ]; then
        \(BlockedRun.startFamily)
        fi
        """
      try fan.install(in: project)
      let running = try project.start(["run", "--json", "--jobs", "2"])
      try await eventually("two branches have families") { project.family().count == 6 }
      #expect(project.family().allSatisfy(isAlive))
      let before = try running.eventsSoFar().branches("executed")
      running.send(signal: signal)
      let outcome = try await running.outcome()
      #expect(outcome.status == 130, "\(outcome)")
      try await eventually("children and grandchildren end", within: .seconds(10)) {
        !project.family().contains(where: isAlive)
      }
      #expect(project.workFolders().isEmpty)
      let totals = try outcome.totals()
      #expect(totals.branches == 22)
      #expect(totals.executed == before.count)
      #expect(try outcome.events().last?.interrupted == true)

      try project.openGate()
      let next = try await project.run()
      #expect(next.totals.hits == before.count)
      #expect(next.totals.executed == 22 - before.count)
      #expect(try project.read("total.txt") == fan.total)
    }
  }

  @Test func aCommandThatIgnoresSIGTERMIsEndedToo() async throws {
    try await withProject { project in
      let stubborn = shellStage(
        "stubborn",
        #"trap "" TERM INT; echo $$ >> "$OUTSIDE/pids"; while [ -d "$OUTSIDE" ]; do sleep 0.1; done"#,
        #""outputs": { "out": "out.txt" }"#)
      try project.write(manifest(stubborn), to: "pipeline.json")
      let running = try project.start(["run", "--json"])
      try await eventually("it runs") { project.family().count == 1 }
      running.send(signal: SIGINT)
      let outcome = try await running.outcome(within: .seconds(30))
      #expect(outcome.status == 130)
      try await eventually("it ends", within: .seconds(10)) {
        !project.family().contains(where: isAlive)
      }
    }
  }

  /// More than Linux gives threads to queues of one quality of service.
  @Test func aSignalIsSeenWhileHundredsOfCommandsRun() async throws {
    let many = shellStage(
      "many", #"echo x >> "$LEDGER"; exec sleep 100"#,
      #""map": { "i": { "from": 1, "count": 300 } }, "outputs": { "o": "o/{i}" }"#)
    try await withProject(manifest(many)) { project in
      let running = try project.start(["run", "--json", "--jobs", "300"])
      try await eventually("as many run as can") { project.ledger().count >= 250 }
      running.send(signal: SIGINT)
      #expect(try await running.outcome().status == 130)
    }
  }

  @Test func aSecondSignalLeavesNothingRunning() async throws {
    let stubborn = shellStage(
      "stubborn",
      #"trap "" TERM INT; echo $$ >> "$OUTSIDE/pids"; "#
        + #"while [ -d "$OUTSIDE" ]; do sleep 0.1; done"#,
      #""outputs": { "out": "out.txt" }"#)
    try await withProject(manifest(stubborn)) { project in
      let running = try project.start(["run", "--json"])
      try await eventually("it runs") { project.family().count == 1 }
      try await eventually("impatience ends pipe") {
        running.send(signal: SIGINT)
        return !running.isRunning
      }
      #expect(try await running.outcome().status == 130)
      try await eventually("the command ends", within: .seconds(5)) {
        !project.family().contains(where: isAlive)
      }
    }
  }
}
