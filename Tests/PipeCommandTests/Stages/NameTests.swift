import Foundation
import Testing

/// Names that break careless programs.
@Suite(.timeLimit(.minutes(5)))
struct NameTests {
  static let names = [
    "plain", "two words", "new\nline", "quote'\"`$HOME", "\u{FC}ml\u{E4}ut", "u\u{308}ml", "100%",
    "-dash", "*", "[x]", "a,b=c@d", "tab\there", "back\\slash", "日本語", "semi;colon&amp|pipe",
    "trailing ", " leading", "#hash", "~tilde", "{{brace}}",
  ]

  @Test func axesOfAnyNameReachArgumentsEnvironmentAndPaths() async throws {
    let values = Self.names.map { jsonText($0).replacingOccurrences(of: "\t", with: "\\t") }
    let text = manifest(
      """
      "each": { "kind": "command", "map": { "x": [\(values.joined(separator: ", "))] },
        "command": ["sh", "-c", "printf '%s|%s' \\"$1\\" \\"$PIPE_AXIS_x\\" > \\"$2\\"", "-",
                    "{x}", "{outputs.o}"],
        "outputs": { "o": "out/{x}.txt" } }
      """,
      """
      "all": { "kind": "command", "inputs": { "each": "each@*" },
        "command": ["sh", "-c", "for f; do cat \\"$f\\"; echo; done > all.txt", "-",
                    "{inputs.each}"],
        "outputs": { "o": "all.txt" } }
      """)
    try await withProject(text) { project in
      let run = try await project.run()
      #expect(run.totals.executed == Self.names.count + 1)
      for name in Self.names {
        #expect(try project.read("out/\(name).txt") == "\(name)|\(name)", "\(name)")
      }
      #expect(try project.read("all.txt") == Self.names.map { "\($0)|\($0)\n" }.joined())
      #expect(try await project.run().totals == Totals(hits: Self.names.count + 1))
      for branch in run.executed where branch != "all" {
        #expect(try await project.pipe("status", branch).status == 0, "\(branch)")
      }
    }
  }

  @Test(arguments: names.filter { !$0.contains("*") && !$0.contains("[") && !$0.contains("{") })
  func inputsOfAnyName(name: String) async throws {
    let path = "in put/" + name + ".txt"
    let text = manifest(
      """
      "copy": { "kind": "command",
        "inputs": { "text": \(jsonText(path).replacingOccurrences(of: "\t", with: "\\t")) },
        "command": "cat \\"$PIPE_INPUT_text\\" > out.txt", "outputs": { "o": "out.txt" } }
      """)
    try await withProject(text) { project in
      try project.write("first\n", to: path)
      try await project.run()
      #expect(try project.read("out.txt") == "first\n")
      try project.write("second\n", to: path)
      try await project.run()
      #expect(try project.read("out.txt") == "second\n")
      #expect(try await project.run().totals == Totals(hits: 1))
    }
  }

  @Test func spellingsOfOneLetterAreDifferentFiles() async throws {
    let text = manifest(
      shellStage(
        "both", "cat \"$PIPE_INPUT_a\" \"$PIPE_INPUT_b\" > o.txt",
        "\"inputs\": { \"a\": \"\u{E9}.txt\", \"b\": \"e\u{301}.txt\" }, "
          + "\"outputs\": { \"o\": \"o.txt\" }"))
    try await withProject(text) { project in
      try project.write("one\n", to: "\u{E9}.txt")
      try project.write("two\n", to: "e\u{301}.txt")
      try await project.run()
      #expect(try project.read("o.txt") == "one\ntwo\n")
    }
  }

  @Test func aFolderOfInputsHasAnyName() async throws {
    let text = manifest(
      shellStage(
        "list", "find data -type f -print0 | tr '\\0' '|' > o.txt",
        #""inputs": { "d": "data/" }, "outputs": { "o": "o.txt" }"#))
    try await withProject(text) { project in
      for name in Self.names { try project.write("x", to: "data/" + name) }
      try await project.run()
      let listed = try project.read("o.txt")
      for name in Self.names { #expect(listed.contains("data/" + name + "|")) }
    }
  }
}
