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

  @Test func aFolderAndWhatIsInItCanBothBeInputs() async throws {
    let make = shellStage(
      "make", "mkdir -p d/sub; echo 1 > d/a.txt; echo 2 > d/sub/b.txt; ln -s a.txt d/link",
      #""outputs": { "d": "d/" }"#)
    let read = shellStage(
      "read", "cat d/a.txt d/sub/b.txt d/link > r.txt",
      #""inputs": { "all": "d/", "one": "d/a.txt", "link": "d/link", "some": "d/sub/*" }, "#
        + #""outputs": { "r": "r.txt" }"#)
    try await withProject(manifest(make, read)) { project in
      try await project.run()
      #expect(try project.read("r.txt") == "1\n2\n1\n")
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

  private static let linked = shellStage(
    "make",
    "mkdir -p d/real; echo 1 > d/v1.txt; echo 2 > d/real/x.txt; cd d; ln -s v1.txt latest.txt; "
      + "ln -s real sub; ln -s ../latest.txt real/up.txt; ln -s gone dangling.txt; "
      + "ln -s b a; ln -s a b; ln -s .. real/back",
    #""outputs": { "d": "d/" }"#)

  @Test(arguments: [
    ("d/latest.txt", "cat d/latest.txt > o", "1\n"), ("d/sub/x.txt", "cat d/sub/x.txt > o", "2\n"),
    ("d/sub/up.txt", "cat d/sub/up.txt > o", "1\n"),
    ("d/sub/back/v1.txt", "cat d/sub/back/v1.txt > o", "1\n"),
    ("d/*.txt", "ls d | tr '\\n' ' ' > o", "latest.txt v1.txt "),
    ("d/*/x.txt", "ls d/* > o", "d/real:\nx.txt\n\nd/sub:\nx.txt\n"),
    ("d/sub/[u-x]*", "cat d/sub/* > o", "1\n2\n"),
  ])
  func aLinkInAFolderOutputIsReadAsWhatItLeadsTo(
    input: String, command: String, expected: String
  ) async throws {
    let read = shellStage(
      "read", command, "\"inputs\": { \"i\": \"\(input)\" }, \"outputs\": { \"o\": \"o\" }")
    try await withProject(manifest(Self.linked, read)) { project in
      try await project.run()
      #expect(try project.read("o") == expected)
      #expect(try await project.run().totals.executed == 0)
    }
  }

  @Test(arguments: [
    ("d/dangling.txt", "the link 'd/dangling.txt' leads to 'gone', where nothing is"),
    ("d/a", "the link 'd/a' leads in a circle"),
    ("d/**/x.txt", "leads back to a folder that holds it"), ("d/sub/", "leads back to a folder"),
    ("d/none.txt", "is not in the output of the stage that should make it"),
  ])
  func aLinkThatLeadsToNoFileIsTold(input: String, cause: String) async throws {
    let read = shellStage(
      "read", "ls d > o", "\"inputs\": { \"i\": \"\(input)\" }, \"outputs\": { \"o\": \"o\" }")
    try await withProject(manifest(Self.linked, read)) { project in
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(cause), "\(outcome)")
    }
  }
}
