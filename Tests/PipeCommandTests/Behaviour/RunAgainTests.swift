import Foundation
import Testing

/// What does not change a result must not run anything.
@Suite(.timeLimit(.minutes(5)))
struct RunAgainTests {
  @Test(arguments: FanPipeline.Form.allCases)
  func aSecondRunExecutesNothing(form: FanPipeline.Form) async throws {
    try await withProject { project in
      let fan = FanPipeline(form: form)
      try fan.install(in: project)
      let first = try await project.run()
      #expect(first.totals == Totals(executed: 22))
      #expect(try project.read("total.txt") == fan.total)
      #expect(project.ledger().count == 22)
      let second = try await project.run()
      #expect(second.totals == Totals(hits: 22))
      #expect(project.ledger().count == 22)
    }
  }

  @Test(arguments: FanPipeline.Form.allCases)
  func touchingAFileExecutesNothing(form: FanPipeline.Form) async throws {
    try await withProject { project in
      try FanPipeline(form: form).install(in: project)
      try await project.run()
      for file in ["seed.txt", "total.txt", "parts/3.txt", "pipeline.json"] {
        try await project.tool("touch", file)
      }
      #expect(try await project.run().totals == Totals(hits: 22))
    }
  }

  @Test(.enabled(if: Tools.hasGit, "git is not installed"))
  func checkingOutAnotherBranchAndBackExecutesNothing() async throws {
    try await withProject { project in
      try FanPipeline().install(in: project)
      try project.write("/cache/\n/parts/\n/*.txt\n!/seed.txt\n", to: ".gitignore")
      try await project.tool("git", "init", "-q", "-b", "main")
      try await project.commit("first")
      try await project.run()
      try await project.tool("git", "checkout", "-q", "-b", "other")
      try FanPipeline(seed: 8).install(in: project)
      try await project.commit("second")
      #expect(try await project.run().totals.executed == 22)
      try await project.tool("git", "checkout", "-q", "main")
      let back = try await project.run()
      #expect(back.totals == Totals(hits: 22, restored: 22))
      #expect(try project.read("total.txt") == FanPipeline().total)
      #expect(try await project.tool("git", "status", "--porcelain") == "")
    }
  }

  @Test func changingAParameterAndBackExecutesNothing() async throws {
    try await withProject { project in
      try FanPipeline(factor: 2).install(in: project)
      try await project.run()
      try FanPipeline(factor: 3).install(in: project)
      #expect(try await project.run().totals.executed == 21)
      #expect(try project.read("total.txt") == FanPipeline(factor: 3).total)
      try FanPipeline(factor: 2).install(in: project)
      let back = try await project.run()
      #expect(back.totals == Totals(hits: 22, restored: 21))
      #expect(try project.read("total.txt") == FanPipeline(factor: 2).total)
    }
  }
}

extension TestProject {
  fileprivate func commit(_ message: String) async throws {
    try await tool("git", "add", "-A")
    try await tool(
      "git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-q", "-m",
      message)
  }
}
