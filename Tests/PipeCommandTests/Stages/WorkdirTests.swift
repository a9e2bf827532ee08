import Foundation
import Testing

/// `"workdir": "project"`: a command that runs in the project itself.
@Suite(.timeLimit(.minutes(5)))
struct WorkdirTests {
  private static let text = manifest(
    shellStage(
      "first", "echo 1 >> \"$LEDGER\"; cat a.txt undeclared.txt > o.txt; pwd > where.txt",
      #""workdir": "project", "inputs": { "a": "a.txt" }, "outputs": { "o": "o.txt" }"#),
    shellStage(
      "second", "tr a-z A-Z < o.txt > p.txt",
      #""inputs": { "o": "first" }, "outputs": { "p": "p.txt" }"#))

  private func install(in project: TestProject) throws {
    try project.write("a\n", to: "a.txt")
    try project.write("u\n", to: "undeclared.txt")
  }

  @Test func itRunsInTheProjectAndItsOutputsAreKept() async throws {
    try await withProject(Self.text) { project in
      try install(in: project)
      #expect(try await project.run().totals.executed == 2)
      #expect(try project.read("where.txt") == project.root + "\n")
      #expect(try project.read("p.txt") == "A\nU\n")
      try project.remove("o.txt")
      #expect(try await project.run().totals == Totals(hits: 2, restored: 1))
      #expect(try project.read("o.txt") == "a\nu\n")
      try project.write("b\n", to: "a.txt")
      #expect(try await project.run().totals.executed == 2)
      #expect(try project.read("p.txt") == "B\nU\n")
    }
  }

  @Test func anOldOutputDoesNotPassForANewOne() async throws {
    let text = manifest(
      shellStage(
        "s", "test -s a.txt && cp a.txt o.txt; true",
        #""workdir": "project", "inputs": { "a": "a.txt" }, "outputs": { "o": "o.txt" }"#))
    try await withProject(text) { project in
      try project.write("a\n", to: "a.txt")
      try await project.run()
      try project.write("", to: "a.txt")
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 1, "no output was made: \(outcome)")
    }
  }
}
