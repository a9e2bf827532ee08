import Foundation
import Testing

/// `pipe invalidate` makes exactly the named branches run again.
@Suite(.timeLimit(.minutes(5)))
struct InvalidateTests {
  @Test func exactlyTheNamedStageRunsAndNothingAfterIt() async throws {
    try await withProject { project in
      try FanPipeline().install(in: project)
      try await project.run()
      let outcome = try await project.pipe("invalidate", "part")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("20 branches"))
      let status = try StageCounts.parse(try await project.pipe("status", "--json").output)
      #expect(status["part"]?.reasons == ["invalidated": 20])
      let run = try await project.run()
      #expect(run.totals == Totals(executed: 20, hits: 2))
      #expect(run.events.named("executed").allSatisfy { $0.unchanged == true })
      #expect(run.events.named("running").allSatisfy { $0.reason == "invalidated" })
      #expect(try await project.run().totals == Totals(hits: 22))
    }
  }

  @Test(arguments: [("part@i=3", 1), ("part@3", 1), ("parts/3.txt", 1), ("part@*", 20)])
  func branchesCanBeNamed(target: String, count: Int) async throws {
    try await withProject { project in
      try FanPipeline().install(in: project)
      try await project.run()
      #expect(try await project.pipe("invalidate", target).status == 0)
      #expect(try await project.run().totals == Totals(executed: count, hits: 22 - count))
    }
  }

  @Test func otherBytesRunWhatComesAfter() async throws {
    let text = manifest(
      shellStage("dice", "head -c 16 /dev/urandom > d.bin", #""outputs": { "d": "d.bin" }"#),
      shellStage(
        "after", "od d.bin > a.txt", #""inputs": { "d": "dice" }, "outputs": { "a": "a.txt" }"#))
    try await withProject(text) { project in
      try await project.run()
      let first = try project.read("a.txt")
      _ = try await project.pipe("invalidate", "dice")
      #expect(try await project.run().totals == Totals(executed: 2))
      let second = try project.read("a.txt")
      #expect(first != second)
      #expect(try await project.run().totals == Totals(hits: 2), "the newer result counts here")
      #expect(try project.read("a.txt") == second)
    }
  }

  @Test func itSurvivesALostIndex() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      try await project.run()
      _ = try await project.pipe("invalidate", "part@2")
      for name in project.names(in: "cache") where name.hasPrefix("index.sqlite") {
        try project.remove("cache/" + name)
      }
      #expect(try await project.run().executed == ["part@i=2"])
    }
  }

  @Test func aMistypedNameChangesNothing() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      try await project.run()
      let outcome = try await project.pipe("invalidate", "part@2", "prat")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("did you mean 'part'"))
      #expect(try await project.run().totals == Totals(hits: 5))
    }
  }

  @Test func aBranchNamedTwiceCountsOnce() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      try await project.run()
      let outcome = try await project.pipe("invalidate", "part@2", "part@i=2")
      #expect(outcome.output.hasPrefix("1 branch "), "\(outcome)")
    }
  }
}
