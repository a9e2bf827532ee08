import Foundation
import Testing

/// Outputs in the work tree are copies: they come back, and what is in their way is kept.
@Suite(.timeLimit(.minutes(5)))
struct MaterialisedOutputTests {
  @Test(arguments: FanPipeline.Form.allCases)
  func aDeletedOutputIsRestored(form: FanPipeline.Form) async throws {
    try await withProject { project in
      let fan = FanPipeline(form: form)
      try fan.install(in: project)
      try await project.run()
      try project.remove("parts/5.txt")
      #expect(try await project.run().totals == Totals(hits: 22, restored: 1))
      #expect(try project.read("parts/5.txt") == fan.part(5))
    }
  }

  @Test(arguments: FanPipeline.Form.allCases)
  func anEditedOutputIsRestoredAndTheEditKept(form: FanPipeline.Form) async throws {
    try await withProject { project in
      let fan = FanPipeline(form: form)
      try fan.install(in: project)
      try await project.run()
      try project.write("my own words\n", to: "parts/5.txt")
      let run = try await project.run()
      #expect(run.totals == Totals(hits: 22, restored: 1))
      #expect(try project.read("parts/5.txt") == fan.part(5))
      let displaced = try #require(run.events.named("displaced").first)
      #expect(displaced.path == "parts/5.txt")
      let kept = try #require(displaced.to)
      #expect(kept.contains("cache/displaced/"))
      #expect(try project.read(kept) == "my own words\n")
    }
  }

  @Test func anEditedOutputIsNamedToPeople() async throws {
    try await withProject { project in
      try FanPipeline(width: 2).install(in: project)
      try await project.run()
      try project.write("my own words\n", to: "parts/1.txt")
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("parts/1.txt"))
      #expect(outcome.errors.contains("cache/displaced/"))
    }
  }

  @Test(arguments: FanPipeline.Form.allCases)
  func allOutputsAreRestored(form: FanPipeline.Form) async throws {
    try await withProject { project in
      let fan = FanPipeline(form: form)
      try fan.install(in: project)
      try await project.run()
      for output in ["parts", "data.txt", "total.txt"] { try project.remove(output) }
      let run = try await project.run()
      #expect(run.totals == Totals(hits: 22, restored: 22))
      #expect(try project.read("total.txt") == fan.total)
      for i in 1...20 { #expect(try project.read("parts/\(i).txt") == fan.part(i)) }
      #expect(project.ledger().count == 22)
    }
  }

  @Test func aFolderInTheWayOfAnOutputIsKept() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 2)
      try fan.install(in: project)
      try project.write("precious\n", to: "total.txt/thesis.txt")
      let run = try await project.run()
      #expect(try project.read("total.txt") == fan.total)
      let kept = try #require(run.events.named("displaced").first?.to)
      #expect(try project.read(kept + "/thesis.txt") == "precious\n")
    }
  }

  @Test func anOutputBehindALinkOutOfTheProjectIsNotWritten() async throws {
    try await withProject { project in
      let fan = FanPipeline(width: 2)
      try fan.install(in: project)
      let elsewhere = project.outside + "/elsewhere"
      try project.makeFolder(elsewhere)
      try FileManager.default.createSymbolicLink(
        atPath: project.path("parts"), withDestinationPath: elsewhere)
      _ = try await project.pipe("run")
      #expect(project.names(in: elsewhere).isEmpty)
    }
  }

  @Test func deletingTheIndexLosesNothing() async throws {
    try await withProject { project in
      try FanPipeline().install(in: project)
      try await project.run()
      for name in project.names(in: "cache") where name.hasPrefix("index.sqlite") {
        try project.remove("cache/" + name)
      }
      let run = try await project.run()
      #expect(run.totals == Totals(hits: 22))
      #expect(!run.events.named("notice").isEmpty, "a rebuilt index is told")
    }
  }

  @Test func aRuinedIndexLosesNothing() async throws {
    try await withProject { project in
      try FanPipeline().install(in: project)
      try await project.run()
      try project.write(String(repeating: "no database ", count: 900), to: "cache/index.sqlite")
      #expect(try await project.run().totals == Totals(hits: 22))
    }
  }
}
