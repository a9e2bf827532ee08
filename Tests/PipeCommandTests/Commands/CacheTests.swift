import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `pipe cache stats`, `check` and `gc`.
@Suite(.timeLimit(.minutes(5)))
struct CacheTests {
  @Test func statsCount() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      try await project.run()
      let stats = try await project.pipe("cache", "stats")
      #expect(stats.status == 0)
      for word in ["objects", "records", "part", "sink"] { #expect(stats.output.contains(word)) }
    }
  }

  @Test func checkIsContentWithAWholeCache() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      try await project.run()
      let check = try await project.pipe("cache", "check")
      #expect(check.status == 0, "\(check)")
    }
  }

  @Test func checkFindsAFlippedByteAndSaysHowToRepair() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 3)
      try fan.install(in: project)
      try await project.run()
      try await project.flipByte(ofOutputOf: fan.name(2))
      let check = try await project.pipe("cache", "check")
      #expect(check.status == 3, "\(check)")
      #expect(check.text.contains("--repair"))
      #expect(check.text.contains("part@i=2"), "the branch that is hurt is named: \(check)")
      let repair = try await project.pipe("cache", "check", "--repair")
      #expect(repair.status == 3 || repair.status == 0, "\(repair)")
      #expect(try await project.pipe("cache", "check").status == 0)
      try project.remove("parts/2.txt")
      #expect(try await project.run().executed == ["part@i=2"])
      #expect(try project.read("parts/2.txt") == fan.part(2))
    }
  }

  @Test func checkFindsAMissingObject() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      try await project.run()
      try project.remove(try await project.objectPath(ofOutputOf: "part@i=2"))
      #expect(try await project.pipe("cache", "check").status == 3)
    }
  }

  #if os(Linux)
    /// A check that began while garbage is collected would miss what goes.
    @Test func checkDoesNotBeginDuringGc() async throws {
      try await withProject { project in
        try FanPipeline(width: 3).install(in: project)
        try await project.run()
        let holder = try RunningProgram(
          "/usr/bin/env", ["python3", "-c", Self.exclusiveHolder, project.path("cache/locks")],
          environment: project.environment, directory: project.root, captures: project.outside)
        try await eventually("the store is locked") { project.exists(project.outside + "/locked") }
        let refused = try await project.pipe("cache", "check")
        #expect(refused.status == 4, "\(refused)")
        holder.send(signal: SIGKILL)
        _ = try await holder.outcome()
        #expect(try await project.pipe("cache", "check").status == 0)
      }
    }

    private static let exclusiveHolder = """
      import fcntl, os, struct, sys, time
      f = open(sys.argv[1], 'r+b')
      fcntl.fcntl(f, 37, struct.pack('hhqqi4x', 1, 0, 0, 1, 0))
      open(os.environ['OUTSIDE'] + '/locked', 'w').close()
      time.sleep(60)
      """
  #endif

  @Test func gcKeepsWhatThePipelineNeeds() async throws {
    try await withProject { project in
      try FanPipeline(width: 4, factor: 2).install(in: project)
      try await project.run()
      let before = project.files(below: "cache/objects").count
      try FanPipeline(width: 4, factor: 3).install(in: project)
      try await project.run()
      let collected = try await project.pipe("cache", "gc", "--older-than", "0s")
      #expect(collected.status == 0, "\(collected)")
      #expect(project.files(below: "cache/objects").count <= before)
      for output in ["parts", "total.txt", "data.txt"] { try project.remove(output) }
      #expect(try await project.run().totals == Totals(hits: 6, restored: 6))
      #expect(try await project.pipe("cache", "check").status == 0)
    }
  }

  /// What the last run needed is one thing; what is up to date now another.
  @Test func gcKeepsWhatIsUpToDateAgainWithoutARun() async throws {
    try await withProject { project in
      for factor in [2, 3] {
        try FanPipeline(width: 4, factor: factor).install(in: project)
        try await project.run()
      }
      try FanPipeline(width: 4, factor: 2).install(in: project)
      let options = ["cache", "gc", "--older-than", "0s", "--max-size", "0B"]
      let dry = try await project.start(options + ["--dry-run"]).outcome()
      #expect(dry.output.contains("would remove 0 records"), "\(dry)")
      let collected = try await project.start(options).outcome()
      #expect(collected.status == 0, "\(collected)")
      #expect(try await project.run().totals == Totals(hits: 6, restored: 5))
    }
  }

  /// In the project itself, whose pipeline is looked at, and in another one, which goes by its notes.
  @Test(arguments: [false, true])
  func gcKeepsWhatAKilledRunHadFinished(collectsElsewhere: Bool) async throws {
    try await withProject { project in
      let store = project.outside + "/store"
      var fan = FanPipeline(width: 3)
      fan.prelude = BlockedRun.waitForGate(after: 7)
      try fan.install(in: project)
      try await project.run("--cache", store)
      fan.factor = 3
      try fan.install(in: project)
      let running = try project.start(["run", "--json", "--jobs", "1", "--cache", store])
      try await eventually("two of three parts have finished") {
        try running.eventsSoFar().branches("executed").count >= 2
      }
      running.send(signal: SIGKILL)
      _ = try await running.outcome()
      try project.openGate()
      let other = TestProject(root: project.outside + "/other", outside: project.outside)
      let single = shellStage("s", "echo 1 > o.txt", #""outputs": { "o": "o.txt" }"#)
      try other.write(manifest(single), to: "pipeline.json")
      try await other.run("--cache", store)
      let collected = try await (collectsElsewhere ? other : project)
        .pipe("cache", "gc", "--max-size", "0B", "--cache", store)
      #expect(collected.status == 0, "\(collected)")
      let next = try await project.run("--cache", store)
      #expect(next.executed == [fan.name(3), "sink"])
      #expect(next.totals.hits == 3)
      // A whole run says anew what is needed, and nothing more.
      let last = try await other.pipe("cache", "gc", "--max-size", "0B", "--cache", store)
      #expect(last.output.contains("; 6 and "), "\(last)")
    }
  }

  @Test func aDryGcRemovesNothing() async throws {
    try await withProject { project in
      try FanPipeline(width: 4, factor: 2).install(in: project)
      try await project.run()
      try FanPipeline(width: 4, factor: 5).install(in: project)
      try await project.run()
      let before = project.files(below: "cache/objects")
      let records = project.files(below: "cache/records")
      let outcome = try await project.pipe("cache", "gc", "--dry-run", "--older-than", "0s")
      #expect(outcome.status == 0)
      let told =
        /would remove 5 records and 5 objects, \d+ B; 6 and 6 stay, \d+ B\n/
      #expect(outcome.output.wholeMatch(of: told) != nil, "\(outcome)")
      #expect(project.files(below: "cache/objects") == before)
      #expect(project.files(below: "cache/records") == records)
      let collected = try await project.pipe("cache", "gc", "--older-than", "0s")
      #expect(collected.output == outcome.output.replacing("would remove", with: "removed"))
      #expect(project.files(below: "cache/objects").count == before.count - 5)
    }
  }

  /// `gc` again and again while runs come and go: it waits for none and takes nothing from any.
  @Test func gcTakesNothingThatARunNeeds() async throws {
    try await withProject { project in
      // What a run has stored and not yet recorded is not referred to by anything.
      var fan = FanPipeline(width: 6)
      fan.prelude = "sleep 0.02"
      var refused = 0
      var collected = 0
      for round in 0..<6 {
        fan.seed = 7 + round
        try fan.install(in: project)
        let running = try project.start(["run", "--json", "--jobs", "2"])
        while running.isRunning {
          let outcome = try await project.pipe("cache", "gc", "--older-than", "0s")
          #expect([0, 4].contains(outcome.status), "\(outcome)")
          if outcome.status == 4 { refused += 1 } else { collected += 1 }
        }
        let outcome = try await running.outcome()
        #expect(outcome.status == 0, "\(outcome)")
        #expect(try outcome.totals().executed == 8)
        #expect(try project.read("total.txt") == fan.total)
        #expect(try await project.run().totals.hits == 8)
      }
      #expect(refused > 0)
      #expect(try await project.pipe("cache", "gc", "--older-than", "0s").status == 0)
      let check = try await project.pipe("cache", "check")
      #expect(check.output.contains("8 records checked: all whole"), "\(check)")
    }
  }

  @Test func gcDuringAVerificationIsRefused() async throws {
    try await withProject { project in
      var fan = FanPipeline(width: 2)
      fan.prelude = BlockedRun.waitForGate(after: 5)
      try fan.install(in: project)
      try await project.run()
      let running = try project.start(["verify", "--json", "--jobs", "1", "part"])
      try await eventually("a part runs again") {
        try running.eventsSoFar().named("verifying").count >= 1 && project.ledger().count >= 4
      }
      let refused = try await project.pipe("cache", "gc")
      #expect(refused.status == 4, "\(refused)")
      try project.openGate()
      #expect(try await running.outcome().status == 0)
      #expect(try await project.pipe("cache", "gc").status == 0)
    }
  }

  @Test func gcDuringARunIsRefused() async throws {
    try await withProject { project in
      var fan = FanPipeline(width: 2)
      fan.prelude = BlockedRun.waitForGate
      try fan.install(in: project)
      let running = try project.start(["run", "--json"])
      try await eventually("a part runs") {
        try running.eventsSoFar().branches("running").count >= 2
      }
      let refused = try await project.pipe("cache", "gc")
      #expect(refused.status == 4, "\(refused)")
      #expect(refused.errors.contains("error:"))
      try project.openGate()
      #expect(try await running.outcome().status == 0)
      #expect(try await project.pipe("cache", "gc").status == 0)
      #expect(try await project.run().totals == Totals(hits: 4))
    }
  }

  /// Two projects, with different results in the store that they share.
  private func withTwoProjects(
    _ body: (_ project: TestProject, _ other: TestProject, _ store: String) async throws -> Void
  ) async throws {
    try await withProject { project in
      let store = project.outside + "/store"
      let other = TestProject(root: project.outside + "/other", outside: project.outside)
      try other.makeFolder(".")
      try FanPipeline(width: 4, factor: 2).install(in: project)
      try FanPipeline(width: 4, factor: 3).install(in: other)
      try await project.run("--cache", store)
      try await other.run("--cache", store)
      try await body(project, other, store)
    }
  }

  /// Every project that uses the store is one of its roots, whoever collects; one that is gone is none.
  @Test func gcKeepsWhatOtherProjectsNeed() async throws {
    try await withTwoProjects { project, other, store in
      // Once more with another parameter: now the first results of this one are needed by nobody.
      try FanPipeline(width: 4, factor: 5).install(in: project)
      try await project.run("--cache", store)
      let collected = try await other.pipe("cache", "gc", "--older-than", "0s", "--cache", store)
      #expect(collected.status == 0, "\(collected)")
      #expect(collected.output.contains("removed 5 records"), "\(collected)")
      for one in [project, other] {
        for output in ["parts", "total.txt", "data.txt"] { try one.remove(output) }
        #expect(try await one.run("--cache", store).totals == Totals(hits: 6, restored: 6))
      }
    }
  }

  /// A project that is gone is named until somebody says that it may be forgotten.
  @Test func gcForgetsAProjectThatIsGoneWhenAsked() async throws {
    try await withTwoProjects { project, other, store in
      try FanPipeline(width: 4, factor: 5).install(in: other)
      try await other.run("--cache", store)
      try other.remove(other.root)
      let options = ["cache", "gc", "--older-than", "0s", "--cache", store]
      let kept = try await project.start(options).outcome()
      #expect(kept.status == 0, "\(kept)")
      #expect(kept.errors.contains("'\(other.root)/cache'"), "\(kept)")
      #expect(kept.errors.contains("--forget-missing"), "\(kept)")
      // Of source, parts and sink of the first; parts and sink of the other, the newest of each branch.
      #expect(kept.output.contains("; 11 and "), "\(kept)")
      let dry = try await project.start(options + ["--forget-missing", "--dry-run"]).outcome()
      #expect(dry.output.contains("would forget the project of '\(other.root)/cache'"), "\(dry)")
      #expect(dry.output.contains("would remove 5 records"), "\(dry)")
      let forgotten = try await project.start(options + ["--forget-missing"]).outcome()
      #expect(
        forgotten.output
          == dry.output.replacing("would forget", with: "forgot")
          .replacing("would remove", with: "removed"))
      #expect(forgotten.errors == "")
      let again = try await project.start(options).outcome()
      #expect(again.errors == "" && again.output.contains("removed 0 records"), "\(again)")
    }
  }

  /// The same folder in another place is known to be the same project; a copy is another one.
  @Test func aMovedProjectIsRegisteredWhereItIs() async throws {
    try await withProject { project in
      let store = project.outside + "/store"
      try FanPipeline(width: 4, factor: 2).install(in: project)
      try await project.run("--cache", store)
      #expect(project.names(in: store + "/roots").count == 1)
      try await project.tool("cp", "-r", project.root, project.outside + "/copy")
      let copy = TestProject(root: project.outside + "/copy", outside: project.outside)
      try await copy.run("--cache", store)
      #expect(project.names(in: store + "/roots").count == 2)
      try await copy.tool("mv", project.root, project.outside + "/moved")
      let moved = TestProject(root: project.outside + "/moved", outside: project.outside)
      try FanPipeline(width: 4, factor: 3).install(in: moved)
      let before = try await copy.pipe("cache", "gc", "--cache", store)
      #expect(before.errors.contains("'\(project.root)/cache'"), "\(before)")
      try await moved.run("--cache", store)
      #expect(project.names(in: store + "/roots").count == 2)
      let after = try await moved.pipe("cache", "gc", "--older-than", "0s", "--cache", store)
      #expect(after.errors == "", "\(after)")
      #expect(after.output.contains("removed 0 records"), "the copy needs the old ones: \(after)")
      try copy.remove("cache")
      try copy.remove("parts")
      #expect(try await copy.run("--cache", store).totals == Totals(hits: 6, restored: 4))
    }
  }

  @Test func aTornJournalLosesAtMostItsLastRecord() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 4)
      try fan.install(in: project)
      try await project.run()
      let journal = try #require(project.files(below: "cache/records").first)
      let handle = try FileHandle(
        forUpdating: URL(fileURLWithPath: project.path("cache/records/" + journal)))
      try handle.truncate(atOffset: try handle.seekToEnd() - 10)
      try handle.close()
      for name in project.names(in: "cache") where name.hasPrefix("index.sqlite") {
        try project.remove("cache/" + name)
      }
      let run = try await project.run()
      #expect(run.totals.executed == 1)
      #expect(run.totals.hits == 5)
      #expect(try project.read("total.txt") == fan.total)
      #expect(try await project.run().totals == Totals(hits: 6))
    }
  }

  @Test func aFlippedByteInAJournalIsFound() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 4)
      try fan.install(in: project)
      try await project.run()
      let journal = try #require(project.files(below: "cache/records").first)
      let path = project.path("cache/records/" + journal)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(fileURLWithPath: path))
      let check = try await project.pipe("cache", "check")
      #expect(check.status == 3, "\(check)")
      for name in project.names(in: "cache") where name.hasPrefix("index.sqlite") {
        try project.remove("cache/" + name)
      }
      let run = try await project.run()
      #expect(run.totals.executed <= 1, "only the damaged record is lost: \(run.outcome)")
      #expect(try project.read("total.txt") == fan.total)
    }
  }
}
