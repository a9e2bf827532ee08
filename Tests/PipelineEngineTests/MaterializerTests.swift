import Foundation
import PipelineEngine
import TestSupport
import Testing

/// What runs do to the work tree.
@Suite struct MaterializerTests {
  private let two = """
    "n": { "kind": "leaf", "map": { "x0": [1, 2] }, "outputs": { "value": "out/{x0}.txt" } },
    "book": { "kind": "pages", "outputs": { "book": "book/" } }
    """

  private func removed(_ outcome: RunOutcome) -> [String] {
    outcome.events.flatMap { event -> [String] in
      if case .removed(let paths) = event { paths } else { [] }
    }
  }

  private func displaced(_ outcome: RunOutcome) -> [String: String] {
    var places: [String: String] = [:]
    for case .displaced(let path, let place) in outcome.events { places[path] = place }
    return places
  }

  @Test func restoresWithoutRunning() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      #expect(try await project.run(two).totals.executed == 3)
      try FileManager.default.removeItem(atPath: project.path("out"))
      try FileManager.default.removeItem(atPath: project.path("book/part/1.txt"))
      let outcome = try await project.run(two)
      #expect(outcome.ran.isEmpty && outcome.totals.hits == 3 && outcome.totals.restored == 3)
      #expect(project.text("out/1.txt") == "1\n" && project.text("out/2.txt") == "2\n")
      #expect(project.text("book/part/1.txt") == "1\n")
      #expect(try await project.run(two).totals.restored == 0)
    }
  }

  @Test func keepsEditsAside() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(two)
      try project.write("out/1.txt", "by hand\n")
      let outcome = try await project.run(two)
      #expect(outcome.ran.isEmpty)
      #expect(project.text("out/1.txt") == "1\n")
      let place = try #require(displaced(outcome)["out/1.txt"])
      let kept = place.hasPrefix("/") ? place : project.path(place)
      #expect(FileManager.default.contents(atPath: kept) == Data("by hand\n".utf8))
    }
  }

  @Test("What no stage declares any longer goes, with the folders that held it alone")
  func removesUndeclared() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(two)
      try project.write("book/part/own.txt", "of the user\n")
      let less = #""n": { "kind": "leaf", "map": { "x0": [2] } }"#
      let outcome = try await project.run(less)
      #expect(
        removed(outcome).filter { $0.hasSuffix(".txt") }
          == ["book/part/0.txt", "book/part/1.txt", "out/1.txt", "out/2.txt"])
      #expect(!FileManager.default.fileExists(atPath: project.path("out")))
      #expect(project.text("book/part/own.txt") == "of the user\n")
      #expect(try await project.run(two).totals.executed == 0, "and back, from the store")
      #expect(project.text("out/1.txt") == "1\n" && project.text("book/part/0.txt") == "0\n")
    }
  }

  @Test("An output that somebody has changed is no longer ours to remove")
  func keepsChangedUndeclared() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(two)
      try project.write("out/1.txt", "by hand\n")
      let outcome = try await project.run(#""k": { "kind": "leaf" }"#)
      #expect(removed(outcome).contains("out/2.txt"))
      #expect(project.text("out/1.txt") == "by hand\n")
      #expect(project.text("out/2.txt") == nil)
    }
  }

  @Test("Nothing is removed after a failure or a run of some targets")
  func removesNothingAfterPart() async throws {
    struct Broken: Error {}
    let less = """
      "n": { "kind": "leaf", "map": { "x0": [2] }, "outputs": { "value": "out/{x0}.txt" } },
      "k": { "kind": "leaf", "params": { "salt": 1 } }
      """
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(two)
      let failed = try await project.run(
        less, keepsGoing: true, hooks: ["k": { _ in throw Broken() }])
      #expect(failed.totals.failed == 1 && project.text("out/1.txt") == "1\n")
      _ = try await project.run(less, targets: ["n"])
      #expect(project.text("out/1.txt") == "1\n")
      let whole = try await project.run(less)
      #expect(whole.totals.isSuccess && project.text("out/1.txt") == nil)
      #expect(project.text("out/2.txt") == "2\n")
    }
  }

  @Test("A path that moves from one stage to another keeps what is right")
  func pathChangesHands() async throws {
    try await withTemporaryFolder { folder in
      let project = TestProject(folder)
      _ = try await project.run(
        #""a": { "kind": "leaf", "params": { "addend": 1 }, "outputs": { "value": "o.txt" } }"#)
      let outcome = try await project.run(
        #""b": { "kind": "leaf", "params": { "addend": 2 }, "outputs": { "value": "o.txt" } }"#)
      #expect(project.text("o.txt") == "2\n")
      #expect(removed(outcome).isEmpty)
      #expect(displaced(outcome).isEmpty, "what is replaced is in the store")
    }
  }
}
