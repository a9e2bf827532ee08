import Foundation
import Testing

/// The example that users start from.
@Suite(.timeLimit(.minutes(5)), .enabled(if: Tools.hasPython, "python3 is not installed"))
struct ExampleTests {
  /// `Examples/word-counts` of this repository, copied into `project`.
  private func install(in project: TestProject) throws {
    let tests = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    let root = (0..<4).reduce(tests) { url, _ in url.deletingLastPathComponent() }
    let example = root.appending(path: "Examples/word-counts")
    for name in try FileManager.default.contentsOfDirectory(atPath: example.path)
    where !["cache", "out"].contains(name) {
      try FileManager.default.copyItem(
        atPath: example.appending(path: name).path, toPath: project.path(name))
    }
  }

  @Test func itRunsOnceAndThenNotAgain() async throws {
    try await withProject { project in
      try install(in: project)
      #expect(try await project.run().totals == Totals(executed: 5))
      #expect(try project.read("top.csv").split(separator: "\n").count == 5)
      #expect(try await project.run().totals == Totals(hits: 5))
    }
  }

  @Test func aChangedBookRunsItsBranchOnly() async throws {
    try await withProject { project in
      try install(in: project)
      try await project.run()
      try project.write(
        try project.read("books/emma.txt") + "\nzebra zebra zebra zebra\n", to: "books/emma.txt")
      let run = try await project.run()
      #expect(run.executed.contains("total"))
      #expect(run.executed.filter { $0.hasPrefix("words@") } == ["words@book=emma"])
    }
  }
}
