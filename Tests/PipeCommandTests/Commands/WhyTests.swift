import Foundation
import Testing

/// `pipe why` names what has changed, with old and new value.
@Suite(.timeLimit(.minutes(5)))
struct WhyTests {
  @Test func aChangedParameterIsNamedWithBothValues() async throws {
    try await withProject { project in
      try FanPipeline(width: 2, factor: 2).install(in: project)
      try await project.run()
      try FanPipeline(width: 2, factor: 3).install(in: project)
      let why = try await project.pipe("why", "part@1")
      #expect(
        why.output == """
          part@i=1 would run:
            parameter 'factor' changed: 2 → 3

          """)
      let sink = try await project.pipe("why", "sink")
      #expect(sink.output.hasPrefix("sink may run"))
    }
  }

  @Test func aChangedFileIsNamed() async throws {
    try await withProject { project in
      try FanPipeline(width: 2, seed: 7).install(in: project)
      try await project.run()
      try FanPipeline(width: 2, seed: 8).install(in: project)
      let why = try await project.pipe("why", "source")
      #expect(why.output.contains("file 'seed.txt' changed"))
      try await project.run()
      let past = try await project.pipe("why", "source")
      #expect(past.output.contains("up to date"))
      #expect(past.output.contains("file 'seed.txt' changed"))
    }
  }

  @Test func aChangedCommandIsNamed() async throws {
    try await withProject { project in
      var fan = FanPipeline(width: 2)
      try fan.install(in: project)
      try await project.run()
      fan.prelude = "true"
      try fan.install(in: project)
      #expect(try await project.pipe("why", "part@1").output.contains("command changed"))
    }
  }

  @Test func theFirstRunIsToldWithoutContradiction() async throws {
    try await withProject { project in
      try FanPipeline(width: 1).install(in: project)
      #expect(try await project.pipe("why", "source").output.contains("never ran"))
      try await project.run()
      let why = try await project.pipe("why", "source")
      #expect(why.output.contains("up to date"))
      #expect(!why.output.contains("it never ran"), "it did run: \(why)")
      #expect(!why.output.contains("no record"), "there is one: \(why)")
    }
  }

  /// Of three parameters the first is set again: the valid result is the first one, made before all.
  @Test func afterGoingBackTheResultInUseIsComparedWith() async throws {
    try await withProject { project in
      for factor in [2, 3, 2] {
        try FanPipeline(width: 1, factor: factor).install(in: project)
        try await project.run()
      }
      let past = try await project.pipe("why", "part@1")
      #expect(past.output.contains("up to date"))
      #expect(past.output.contains("it had never run before"), "\(past)")
      try FanPipeline(width: 1, factor: 5).install(in: project)
      let next = try await project.pipe("why", "part@1")
      #expect(next.output.contains("parameter 'factor' changed: 2 → 5"), "\(next)")
    }
  }

  @Test func theWholeHistoryIsTold() async throws {
    try await withProject { project in
      func run(_ fan: FanPipeline) async throws {
        try fan.install(in: project)
        try await project.run()
      }
      var fan = FanPipeline(width: 1, factor: 2)
      try await run(fan)
      fan.factor = 3
      try await run(fan)
      _ = try await project.pipe("invalidate", "part")
      try await run(fan)
      fan.seed = 8
      try await run(fan)
      fan.seed = 7
      try await run(fan)
      let told = try await project.pipe("why", "--history", "part@1")
      let lines = told.output.split(separator: "\n")
      #expect(lines.first == "part@i=1 ran 4 times:")
      #expect(lines.count == 9, "\(told)")
      let reasons = stride(from: 2, to: lines.count, by: 2).map { String(lines[$0]) }
      #expect(reasons[0].hasPrefix("    file 'data.txt' changed: file "), "\(told)")
      #expect(
        Array(reasons.dropFirst()) == [
          "    it was invalidated or forced, or its outputs had been lost",
          "    parameter 'factor' changed: 2 → 3", "    it had never run before",
        ], "\(told)")
      #expect(lines.filter { $0.hasSuffix("  (the valid result)") } == [lines[3]], "\(told)")
      #expect(
        try await project.pipe("why", "--history", "sink").output.hasPrefix("sink ran 3 times"))
    }
  }

  /// Two projects with branches of the same names and one store.
  @Test func otherProjectsInASharedStoreDoNotCount() async throws {
    try await withProject { project in
      let store = project.outside + "/store"
      let other = TestProject(root: project.outside + "/other", outside: project.outside)
      try other.makeFolder(".")
      try FanPipeline(width: 1, factor: 2).install(in: project)
      try await project.run("--cache", store)
      try FanPipeline(width: 1, factor: 3).install(in: other)
      let first = try await other.pipe("why", "part@1", "--cache", store)
      #expect(first.output.contains("never ran"), "\(first)")
      #expect(
        try await other.run("--cache", store).events.first { $0.event == "running" }?.reason
          == "never-ran")

      try FanPipeline(width: 1, factor: 5).install(in: project)
      let why = try await project.pipe("why", "part@1", "--cache", store)
      #expect(why.output.contains("parameter 'factor' changed: 2 → 5"), "\(why)")
      #expect(try await project.pipe("logs", "part@1", "--cache", store).status == 0)

      // What the other one has made already is used, and said to be its work.
      try FanPipeline(width: 1, factor: 3).install(in: project)
      #expect(try await project.run("--cache", store).totals.executed == 0)
      let used = try await project.pipe("why", "part@1", "--cache", store)
      #expect(used.output.contains("by another project that shares the cache"), "\(used)")
      let history = try await project.pipe("why", "--history", "part@1", "--cache", store)
      #expect(history.output.hasPrefix("part@i=1 ran 1 time:"), "\(history)")
      try FanPipeline(width: 1, factor: 7).install(in: project)
      let next = try await project.pipe("why", "part@1", "--cache", store)
      #expect(next.output.contains("parameter 'factor' changed: 3 → 7"), "\(next)")
    }
  }

  /// The records of a run that was killed are this project's, though it could not note its end.
  @Test func whatAKilledRunMadeIsOurs() async throws {
    try await withProject { project in
      let store = project.outside + "/store"
      let other = TestProject(root: project.outside + "/other", outside: project.outside)
      try other.makeFolder(".")
      try FanPipeline(width: 1).install(in: other)
      try await other.run("--cache", store)
      var fan = FanPipeline(width: 1, seed: 8)
      fan.prelude = BlockedRun.waitForGate
      try fan.install(in: project)
      let running = try project.start(["run", "--json", "--cache", store])
      try await eventually("the source has finished") {
        try running.eventsSoFar().branches("executed") == ["source"]
      }
      running.send(signal: 9)
      _ = try await running.outcome()
      fan.seed = 9
      try fan.install(in: project)
      let why = try await project.pipe("why", "source", "--cache", store)
      #expect(why.output.contains("file 'seed.txt' changed"), "\(why)")
      let history = try await project.pipe("why", "--history", "source", "--cache", store)
      #expect(history.output.hasPrefix("source ran 1 time:"), "\(history)")
    }
  }

  @Test func invalidationIsAReason() async throws {
    try await withProject { project in
      try FanPipeline(width: 1).install(in: project)
      try await project.run()
      _ = try await project.pipe("invalidate", "source")
      #expect(try await project.pipe("why", "source").output.contains("invalidate"))
    }
  }

  @Test func manyBranchesAreCutShort() async throws {
    try await withProject { project in
      try FanPipeline(width: 20).install(in: project)
      try await project.run()
      let why = try await project.pipe("why", "part", "--limit", "3")
      #expect(why.output.contains("17 more"))
      #expect(try await project.pipe("why", "nothing").status == 64)
    }
  }
}
