import Foundation
import Testing

/// What a command sees of the environment, and what of it is in its key.
@Suite(.timeLimit(.minutes(5)))
struct EnvironmentTests {
  private static let text = manifest(
    """
    "s": { "kind": "command", "environment": ["IN_KEY"], "passEnvironment": ["PASSED"],
      "command": "env | sort > o.txt", "outputs": { "o": "o.txt" } }
    """)

  @Test func declaredNamesAreInTheKeyAndPassedOnesAreNot() async throws {
    try await withProject(Self.text) { project in
      let first = ["IN_KEY": "1", "PASSED": "1"]
      try await project.run(environment: first)
      let seen = try project.read("o.txt").split(separator: "\n")
      #expect(seen.contains("IN_KEY=1"))
      #expect(seen.contains("PASSED=1"))
      #expect(
        try await project.run(environment: ["IN_KEY": "1", "PASSED": "2"]).totals
          == Totals(hits: 1))
      #expect(
        try await project.run(environment: ["IN_KEY": "2", "PASSED": "1"]).totals
          == Totals(executed: 1))
      #expect(try await project.run().totals == Totals(executed: 1), "absence is a value")
      #expect(try await project.run(environment: ["IN_KEY": ""]).totals == Totals(executed: 1))
      #expect(try await project.run(environment: first).totals == Totals(hits: 1, restored: 1))
    }
  }

  @Test func nothingElseIsSeen() async throws {
    try await withProject(Self.text) { project in
      try await project.run(environment: ["SECRET": "x", "PYTHONPATH": "/x", "LC_ALL": "de_DE"])
      let names = try project.read("o.txt").split(separator: "\n")
        .compactMap { $0.split(separator: "=").first.map(String.init) }
        .filter { !$0.hasPrefix("PIPE_") && !["PWD", "OLDPWD", "SHLVL", "_"].contains($0) }
      #expect(names == ["GIT_CEILING_DIRECTORIES", "HOME", "LANG", "PATH", "TMPDIR"])
    }
  }

  @Test func aValueIsNotKeptInTheCache() async throws {
    try await withProject(Self.text) { project in
      let quiet = Self.text.replacingOccurrences(of: "env | sort", with: "echo quiet")
      try project.write(quiet, to: "pipeline.json")
      try await project.run(environment: ["IN_KEY": "very-secret-token"])
      for file in project.files(below: "cache") {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: project.path("cache/" + file)))
        #expect(bytes.range(of: Data("very-secret-token".utf8)) == nil, "\(file)")
      }
    }
  }

  @Test func aChangedProgramRunsAgain() async throws {
    let stage = """
      "s": { "kind": "command", "command": ["mytool", "o.txt"], "outputs": { "o": "o.txt" } }
      """
    try await withProject(manifest(stage)) { project in
      let bin = project.outside + "/bin"
      func install(_ word: String) async throws {
        try project.write("#!/bin/sh\necho \(word) > \"$1\"\n", to: bin + "/mytool")
        try await project.tool("chmod", "+x", bin + "/mytool")
      }
      let path = ["PATH": bin + ":" + (project.environment["PATH"] ?? "/usr/bin:/bin")]
      try await install("one")
      try await project.run(environment: path)
      #expect(try await project.run(environment: path).totals == Totals(hits: 1))
      try await install("two")
      #expect(try await project.run(environment: path).totals == Totals(executed: 1))
      #expect(try project.read("o.txt") == "two\n")
    }
  }

  @Test func aChangedToolRunsAgain() async throws {
    let stage = """
      "s": { "kind": "command", "command": "mytool > o.txt", "tools": ["mytool"],
        "outputs": { "o": "o.txt" } }
      """
    try await withProject(manifest(stage)) { project in
      let bin = project.outside + "/bin"
      let path = ["PATH": bin + ":" + (project.environment["PATH"] ?? "/usr/bin:/bin")]
      for word in ["one", "two"] {
        try project.write("#!/bin/sh\necho \(word)\n", to: bin + "/mytool")
        try await project.tool("chmod", "+x", bin + "/mytool")
        #expect(try await project.run(environment: path).totals == Totals(executed: 1))
        #expect(try project.read("o.txt") == word + "\n")
      }
      #expect(try await project.pipe("why", "s", environment: path).output.contains("mytool"))
    }
  }
}
