import Foundation
import Testing

/// Outputs that are folders.
@Suite(.timeLimit(.minutes(5)))
struct FolderOutputTests {
  private static func text(_ extra: String = "") -> String {
    manifest(
      shellStage(
        "make",
        "mkdir -p d/sub d/empty; echo 1 > d/a.txt; echo 2 > d/sub/b.txt; chmod +x d/a.txt; "
          + "ln -s sub/b.txt d/link\(extra)",
        #""outputs": { "d": "d/" }"#),
      shellStage(
        "list", "find d | LC_ALL=C sort > list.txt",
        #""inputs": { "d": "make" }, "outputs": { "l": "list.txt" }"#))
  }

  @Test func everythingInItComesBack() async throws {
    try await withProject(Self.text()) { project in
      try await project.run()
      let listed = "d\nd/a.txt\nd/empty\nd/link\nd/sub\nd/sub/b.txt\n"
      #expect(try project.read("list.txt") == listed)
      try project.remove("d")
      #expect(try await project.run().totals.executed == 0)
      #expect(try project.read("d/sub/b.txt") == "2\n")
      #expect(project.exists("d/empty"))
      #expect(FileManager.default.isExecutableFile(atPath: project.path("d/a.txt")))
      let link = try FileManager.default.destinationOfSymbolicLink(
        atPath: project.path("d/link"))
      #expect(link == "sub/b.txt")
    }
  }

  @Test func aLostPartComesBackAndForeignFilesStay() async throws {
    try await withProject(Self.text()) { project in
      try await project.run()
      try project.remove("d/sub/b.txt")
      try project.write("my notes\n", to: "d/notes.txt")
      #expect(try await project.run().totals == Totals(hits: 2, restored: 1))
      #expect(try project.read("d/sub/b.txt") == "2\n")
      #expect(try project.read("d/notes.txt") == "my notes\n")
    }
  }

  @Test func whatIsNoLongerMadeGoes() async throws {
    try await withProject(Self.text("; echo old > d/old.txt")) { project in
      try await project.run()
      #expect(project.exists("d/old.txt"))
      try project.write("my notes\n", to: "d/notes.txt")
      try project.write(Self.text(), to: "pipeline.json")
      try await project.run()
      #expect(!project.exists("d/old.txt"))
      #expect(project.exists("d/notes.txt"))
    }
  }
}
