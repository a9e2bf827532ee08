import Foundation
import Testing

/// `pipe status`.
@Suite(.timeLimit(.minutes(5)))
struct StatusTests {
  @Test func everyStageIsCounted() async throws {
    try await withProject { project in
      try FanPipeline(width: 20).install(in: project)
      let before = try StageCounts.parse(try await project.pipe("status", "--json").output)
      #expect(before["source"]?.reasons == ["never-ran": 1])
      #expect(before["part"]?.mayRun == 20)
      #expect(before["sink"]?.mayRun == 1)
      #expect(!project.exists("cache"), "status leaves no trace")
      try await project.run()
      let after = try StageCounts.parse(try await project.pipe("status", "--json").output)
      #expect(after.values.map(\.upToDate).reduce(0, +) == 22)
      #expect(after.values.allSatisfy { $0.wouldRun == 0 && $0.mayRun == 0 })
      #expect(after["part"]?.kind == "command")
      #expect(project.ledger().count == 22)
    }
  }

  @Test func reasonsAreCounted() async throws {
    try await withProject { project in
      try FanPipeline(width: 20).install(in: project)
      try await project.run()
      try FanPipeline(width: 23, factor: 3).install(in: project)
      let counts = try StageCounts.parse(try await project.pipe("status", "--json").output)
      #expect(counts["source"]?.upToDate == 1)
      #expect(counts["part"]?.wouldRun == 23)
      #expect(counts["part"]?.reasons == ["parameters": 20, "never-ran": 3])
      #expect(counts["sink"]?.mayRun == 1)
    }
  }

  @Test func peopleGetAnAlignedTable() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      try await project.run()
      try FanPipeline(width: 3, factor: 3).install(in: project)
      let status = try await project.pipe("status")
      #expect(
        status.output == """
          stage   kind     branches  up to date  would run  may run  why
          source  command         1           1          0        0
          part    command         3           0          3        0  parameter 'factor' changed
          sink    command         1           0          0        1

          """)
      #expect(status.errors == "")
    }
  }

  @Test func oneStageCanBeAskedFor() async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      let counts = try StageCounts.parse(
        try await project.pipe("status", "--json", "part@i=2").output)
      #expect(counts["part"]?.branches == 1)
      #expect(counts["sink"] == nil)
    }
  }

  @Test func aBranchThatFailedIsNamedUntilItSucceeds() async throws {
    try await withProject { project in
      var fan = FanPipeline(width: 3)
      fan.prelude = "test $i != 2 || test -e \"$GATE\""
      fan.prelude += " || exit 1"
      try fan.install(in: project)
      #expect(!(try await project.pipe("status").text.contains("failed")))
      try await project.run("--keep-going", status: 1)
      let status = try await project.pipe("status")
      #expect(
        status.output.hasSuffix("failed when last run: part@i=2\nhint: pipe logs part@i=2\n"),
        "\(status)")
      let counts = try StageCounts.parse(try await project.pipe("status", "--json").output)
      #expect(counts["part"]?.failed == 1)
      #expect(counts["part"]?.wouldRun == 1)
      #expect(counts["sink"]?.failed == 0)
      try project.openGate()
      try await project.run()
      #expect(!(try await project.pipe("status").text.contains("failed")))
    }
  }

  @Test func aMissingInputIsNoFailureOfAStage() async throws {
    try await withProject { project in
      try FanPipeline(width: 1).install(in: project)
      try project.remove("seed.txt")
      let status = try await project.pipe("status")
      #expect(status.text.contains("seed.txt"))
      #expect(!status.text.contains("failed"), "nothing ran, so nothing failed: \(status)")
    }
  }
}
