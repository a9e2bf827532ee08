import Foundation
import Testing

/// A small pipeline that depends on everything that a pipeline can depend on.
enum LookedAtProject {
  static let manifest = PipeCommandTests.manifest(
    shellStage(
      "count", "echo count >> \"$LEDGER\"; cat in/a.txt > count.txt",
      #""inputs": { "a": "in/a.txt" }, "environment": ["MODE"], "outputs": { "n": "count.txt" }"#),
    shellStage(
      "all", "echo all >> \"$LEDGER\"; find src -name '*.txt' | sort > all.txt",
      #""inputs": { "files": "src/**/*.txt" }, "outputs": { "list": "all.txt" }"#),
    shellStage(
      "tool", "echo tool >> \"$LEDGER\"; echo 1 > tool.txt",
      #""tools": ["helper"], "params": { "p": 1 }, "outputs": { "t": "tool.txt" }"#),
    shellStage(
      "folder", "echo folder >> \"$LEDGER\"; mkdir -p out/f/g; echo 1 > out/f/g/x; ln -s g out/f/l",
      #""outputs": { "f": "out/f/" }"#),
    shellStage(
      "tree", "echo tree >> \"$LEDGER\"; cat data/* > tree.txt",
      #""inputs": { "data": "data/" }, "outputs": { "t": "tree.txt" }"#),
    shellStage(
      "total", "echo total >> \"$LEDGER\"; cat count.txt all.txt > total.txt",
      #""inputs": { "n": "count", "l": "all" }, "outputs": { "t": "total.txt" }"#))

  static let total = "3\nsrc/one.txt\nsrc/sub/two.txt\n"

  static func install(in project: TestProject) throws {
    try project.write(manifest, to: "pipeline.json")
    try project.write("3\n", to: "in/a.txt")
    try project.write("1\n", to: "src/one.txt")
    try project.write("2\n", to: "src/sub/two.txt")
    try project.write("5\n", to: "data/first")
    try writeHelper(in: project, folder: "tools", "first")
    try project.makeFolder("early")
  }

  static func writeHelper(in project: TestProject, folder: String, _ text: String) throws {
    let path = "\(folder)/helper"
    try project.write("#!/bin/sh\necho \(text)\n", to: path)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: project.path(path))
  }

  /// Runs `pipe` where it finds the project's programs; it must end well.
  static func pipe(_ arguments: String..., in project: TestProject) async throws {
    let running = try project.start(arguments, environment: environment(project))
    let outcome = try await running.outcome()
    try #require(outcome.status == 0, "\(arguments): \(outcome)")
  }

  /// Two folders of the project before the rest of the PATH.
  static func environment(_ project: TestProject) -> [String: String] {
    let path = project.environment["PATH"] ?? "/usr/bin:/bin"
    return ["PATH": "\(project.path("early")):\(project.path("tools")):\(path)"]
  }
}
