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
