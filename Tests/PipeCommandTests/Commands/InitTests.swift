import Foundation
import Testing

/// `pipe init`, and `graph` and `schema`, which only print.
@Suite(.timeLimit(.minutes(5)))
struct InitTests {
  @Test func theNewPipelineRuns() async throws {
    try await withProject { project in
      let made = try await project.pipe("init")
      #expect(made.status == 0)
      #expect(try project.read(".gitignore") == "/cache/\n")
      #expect(try await project.run().totals.executed == 4)
      #expect(try project.read("greetings.txt") == "Hello, Ada!\nHello, Emmy!\nHello, Grace!\n")
    }
  }

  @Test func nothingIsOverwritten() async throws {
    try await withProject("{}") { project in
      let refused = try await project.pipe("init")
      #expect(refused.status == 64)
      #expect(refused.errors.contains("exists already"))
      #expect(try project.read("pipeline.json") == "{}")
    }
  }

  @Test func gitignoreKeepsItsLines() async throws {
    try await withProject { project in
      try project.write("*.o", to: ".gitignore")
      _ = try await project.pipe("init")
      #expect(try project.read(".gitignore") == "*.o\n/cache/\n")
    }
  }

  @Test func aPlaceThatCannotBeIsToldInOurWords() async throws {
    try await withProject { project in
      try project.write("", to: "file")
      let refused = try await project.pipe("init", "file/x")
      #expect(refused.status != 0)
      #expect(!refused.errors.contains("NSCocoaErrorDomain"), "\(refused)")
    }
  }

  @Test(arguments: [
    ("mermaid", "flowchart"), ("dot", "digraph"), ("json", "\"stages\""),
  ])
  func theGraphHasItsStages(format: String, start: String) async throws {
    try await withProject { project in
      try FanPipeline(width: 3).install(in: project)
      let graph = try await project.pipe("graph", "--format", format)
      #expect(graph.status == 0)
      for word in [start, "source", "part", "sink"] { #expect(graph.output.contains(word)) }
      #expect(!project.exists("cache"))
    }
  }

  @Test func theSchemaIsJSONAndNamesTheKinds() async throws {
    try await withProject { project in
      let schema = try await project.pipe("schema")
      _ = try JSONSerialization.jsonObject(with: Data(schema.output.utf8))
      for kind in ["command", "train", "dataset"] { #expect(schema.output.contains("\"\(kind)\"")) }
    }
  }

  @Test(arguments: [["--help"], ["run", "--help"], ["cache", "gc", "--help"], ["--version"]])
  func helpEndsWell(arguments: [String]) async throws {
    try await withProject { project in
      let outcome = try await project.start(arguments).outcome()
      #expect(outcome.status == 0)
      #expect(!outcome.output.isEmpty)
    }
  }

  @Test func aMistypedCommandIsAUsageErrorWithAHint() async throws {
    try await withProject { project in
      let outcome = try await project.pipe("rnu")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("run"), "\(outcome)")
    }
  }
}
