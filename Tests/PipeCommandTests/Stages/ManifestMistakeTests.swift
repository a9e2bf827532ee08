import Foundation
import Testing

/// Mistakes in `pipeline.json`: all at once, each with its place.
@Suite(.timeLimit(.minutes(5)))
struct ManifestMistakeTests {
  @Test func allMistakesAreToldAtOnceWithTheirPlaces() async throws {
    let text = """
      { "stages": {
        "a": { "kind": "comand", "command": "x", "outputs": { "o": "a.txt" } },
        "b": { "kind": "command", "comand": "x", "outputs": { "o": "b.txt" } },
        "c": { "kind": "command", "command": 5, "outputs": { "o": "../c.txt" } },
        "d": { "kind": "command", "command": "x", "retries": -1, "outputs": { "o": "b.txt" } },
        "e": { "kind": "command", "command": "x", "inputs": { "f": "f" }, "outputs": { "o": "e" } },
        "f": { "kind": "command", "command": "x", "inputs": { "e": "e" }, "outputs": { "o": "f" } },
        "g": { "kind": "train", "inputs": { "data": "nist" }, "params": { "epocs": 3 } }
      } }
      """
    try await withProject(text) { project in
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 2)
      #expect(outcome.output == "")
      for place in [
        "pipeline.json:2:18:", "pipeline.json:3:29:", "pipeline.json:4:40:", "pipeline.json:4:61:",
        "pipeline.json:5:56:", "pipeline.json:5:78:", "pipeline.json:6:62:", "pipeline.json:8:47:",
        "pipeline.json:8:69:",
      ] {
        #expect(outcome.errors.contains(place), "\(place): \(outcome)")
      }
      for hint in ["'command'", "'epochs'"] {
        #expect(outcome.errors.contains("did you mean \(hint)"), "\(outcome)")
      }
      #expect(!project.exists("cache"))
    }
  }

  @Test(arguments: [
    ("", "pipeline.json:1:1:"), ("hello", "pipeline.json:1:1:"), ("[]", "pipeline.json:1:1:"),
    ("{}", "stages"), (#"{"stages": {}}"#, "pipeline.json:1:12:"),
    ("{\"stages\": {\n\"a\": 1,\n\"a\": 2}}", "pipeline.json:3:1:"),
    ("{\"stages\": {},}", "comma"), ("{\"stages\"", "pipeline.json:1:"),
    (String(repeating: "[", count: 100_000), "pipeline.json:1:"),
    ("{\"stages\": {\"a\": \"\\ud800\"}}", "pipeline.json:1:"),
  ])
  func whatIsNoManifestIsToldWithItsPlace(text: String, words: String) async throws {
    try await withProject(text) { project in
      for command in ["run", "status", "graph"] {
        let outcome = try await project.pipe(command)
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains(words), "\(outcome)")
      }
    }
  }

  @Test(arguments: [
    "../up.txt", "/tmp/abs.txt", "pipeline.json", "cache/x", ".git/config", "a/../../x", ".",
    "in.txt",
    "in.txt/x", "",
  ])
  func outputsThatMayNotBe(path: String) async throws {
    let stage = shellStage(
      "s", "true", #""inputs": { "i": "in.txt" }, "outputs": { "o": "\#(path)" }"#)
    try await withProject(manifest(stage)) { project in
      try project.write("precious\n", to: "in.txt")
      let outcome = try await project.pipe("run")
      #expect(outcome.status == 2, "\(outcome)")
      #expect(outcome.errors.contains("pipeline.json:2:"))
      #expect(try project.read("in.txt") == "precious\n")
    }
  }

  @Test func everyProblemIsToldOnce() async throws {
    let text = """
      { "stages": {
        "a": { "kind": "command", "command": "x", "outputs": { "o": "a" } },
        "b": { "kind": "command", "command": "x", "outputs": { "o": "a", "o": "a" } }
      } }
      """
    try await withProject(text) { project in
      let errors = try await project.pipe("run").errors
      let places = errors.split(separator: "\n").filter { $0.hasPrefix("pipeline.json:") }
      #expect(places.count == Set(places).count, "\(errors)")
    }
  }

  @Test func aFolderInItsPlaceIsToldInOurWords() async throws {
    try await withProject { project in
      try project.makeFolder("pipeline.json")
      let outcome = try await project.pipe("run")
      #expect(outcome.status != 0)
      #expect(!outcome.errors.contains("NSCocoaErrorDomain"), "\(outcome)")
    }
  }
}
