import Foundation
import Testing

/// What does change must run, and only that.
@Suite(.timeLimit(.minutes(5)))
struct ChangeTests {
  @Test(arguments: FanPipeline.Form.allCases)
  func equalOutputCutsOffEarly(form: FanPipeline.Form) async throws {
    try await withProject { project in
      try FanPipeline(form: form, comment: "first").install(in: project)
      try await project.run()
      try FanPipeline(form: form, comment: "second").install(in: project)
      let run = try await project.run()
      #expect(run.executed == ["source"])
      #expect(run.totals == Totals(executed: 1, hits: 21))
      #expect(run.events.named("executed").first?.unchanged == true)
      #expect(project.ledger().count == 23)
    }
  }

  @Test(arguments: FanPipeline.Form.allCases)
  func aChangedInputRunsEverythingAfterIt(form: FanPipeline.Form) async throws {
    try await withProject { project in
      try FanPipeline(form: form, seed: 7).install(in: project)
      try await project.run()
      let changed = FanPipeline(form: form, seed: 9)
      try changed.install(in: project)
      #expect(try await project.run().totals.executed == 22)
      #expect(try project.read("total.txt") == changed.total)
    }
  }

  @Test(arguments: FanPipeline.Form.allCases)
  func growingRunsTheNewBranchesAndTheSink(form: FanPipeline.Form) async throws {
    try await withProject { project in
      try FanPipeline(form: form, width: 20).install(in: project)
      try await project.run()
      let wide = FanPipeline(form: form, width: 40)
      try wide.install(in: project)
      let run = try await project.run()
      #expect(run.totals == Totals(executed: 21, hits: 21))
      #expect(run.executed == ((21...40).map(wide.name) + ["sink"]).sorted())
      #expect(try project.read("total.txt") == wide.total)
    }
  }

  @Test(arguments: FanPipeline.Form.allCases)
  func shrinkingToWhatWasThereBeforeRunsNothing(form: FanPipeline.Form) async throws {
    try await withProject { project in
      let narrow = FanPipeline(form: form, width: 20)
      try narrow.install(in: project)
      try await project.run()
      try FanPipeline(form: form, width: 40).install(in: project)
      try await project.run()
      try narrow.install(in: project)
      let run = try await project.run()
      #expect(run.totals == Totals(hits: 22, restored: 1))
      #expect(try project.read("total.txt") == narrow.total)
      #expect(project.names(in: "parts").count == 20, "outputs no longer declared are removed")
    }
  }

  @Test(arguments: FanPipeline.Form.allCases)
  func shrinkingRunsOnlyTheSink(form: FanPipeline.Form) async throws {
    try await withProject { project in
      try FanPipeline(form: form, width: 40).install(in: project)
      try await project.run()
      let narrow = FanPipeline(form: form, width: 20)
      try narrow.install(in: project)
      let run = try await project.run()
      #expect(run.executed == ["sink"])
      #expect(run.totals == Totals(executed: 1, hits: 21))
      #expect(try project.read("total.txt") == narrow.total)
    }
  }

  @Test func shrinkingLeavesOutputsThatWereEdited() async throws {
    try await withProject { project in
      try FanPipeline(width: 22).install(in: project)
      try await project.run()
      try project.write("mine\n", to: "parts/21.txt")
      try FanPipeline(width: 20).install(in: project)
      try await project.run()
      #expect(try project.read("parts/21.txt") == "mine\n")
      #expect(!project.exists("parts/22.txt"))
    }
  }

  @Test func anInputEditedAtTheSameSizeAndTimeIsNoticed() async throws {
    try await withProject { project in
      try FanPipeline(seed: 7).install(in: project)
      try await project.run()
      let seed = project.path("seed.txt")
      let times = try FileTimes(of: seed)
      let changed = FanPipeline(seed: 8)
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: seed))
      try handle.seek(toOffset: 8)
      try handle.write(contentsOf: Data("8".utf8))
      try handle.close()
      try times.set(on: seed)
      #expect(try FileTimes(of: seed) == times)
      #expect(try project.read("seed.txt") == "# first\n8\n")
      #expect(try await project.run().totals.executed == 22)
      #expect(try project.read("total.txt") == changed.total)
    }
  }
}
