import Foundation
import Testing

/// One change to what a ``LookedAtProject`` depends on, and what a run must do about it.
struct LookedAtChange: Sendable, CustomTestStringConvertible {
  let name: String
  /// Branches that run because of it.
  var executed = 0
  /// What `total.txt` must hold afterwards.
  var total: String? = LookedAtProject.total
  var arguments: [String] = []
  var variables: [String: String] = [:]
  /// Whether `pipe status` can see it: a look that changes nothing believes the index, and sees no more
  /// than a run does when all is well again.
  var isOpen = true
  var make: @Sendable (TestProject) async throws -> Void = { _ in }

  var testDescription: String { name }

  /// Whether `pipe status` must say so too: it does not look at outputs in the work tree.
  var isSeenByStatus: Bool { isOpen && executed > 0 && !arguments.contains("--force") }

  func environment(_ project: TestProject) -> [String: String] {
    LookedAtProject.environment(project).merging(variables) { $1 }
  }

  static let all = inputs + outputs + definitions + programs + stores
}

// MARK: - The changes

extension LookedAtChange {
  private static let inputs = [
    Self(name: "an input's content", executed: 2, total: "4\nsrc/one.txt\nsrc/sub/two.txt\n") {
      try $0.write("4\n", to: "in/a.txt")
    },
    Self(
      name: "an input's content, its size and time kept", executed: 2,
      total: "4\nsrc/one.txt\nsrc/sub/two.txt\n"
    ) { project in
      let times = try FileTimes(of: project.path("in/a.txt"))
      try await project.tool("sh", "-c", "echo 4 > in/a.txt")
      try times.set(on: project.path("in/a.txt"))
    },
    Self(name: "an input's executable bit", executed: 1) {
      try await $0.tool("chmod", "+x", "in/a.txt")
    },
    Self(name: "another file of the same content in its place") {
      try await $0.tool("sh", "-c", "cp in/a.txt in/b; mv in/b in/a.txt")
    },
    Self(
      name: "a new file in a globbed folder", executed: 2,
      total: "3\nsrc/new.txt\nsrc/one.txt\nsrc/sub/two.txt\n"
    ) { try $0.write("9\n", to: "src/new.txt") },
    Self(
      name: "a new file in a folder below a globbed one", executed: 2,
      total: "3\nsrc/one.txt\nsrc/sub/new.txt\nsrc/sub/two.txt\n"
    ) { try $0.write("9\n", to: "src/sub/new.txt") },
    Self(name: "a file gone from a globbed folder", executed: 2, total: "3\nsrc/one.txt\n") {
      try $0.remove("src/sub/two.txt")
    },
    Self(name: "a new file in an input folder", executed: 1) {
      try $0.write("6\n", to: "data/deep/second")
    },
    Self(name: "an input's folder replaced by a link") {
      try await $0.tool("sh", "-c", "mv in elsewhere; ln -s elsewhere in")
    },
    Self(name: "an input gone", total: nil) { try $0.remove("in/a.txt") },
  ]

  private static let outputs = [
    Self(name: "an output gone") { try $0.remove("total.txt") },
    Self(name: "an output edited") { try $0.write("mine\n", to: "total.txt") },
    Self(name: "an output's executable bit") { try await $0.tool("chmod", "+x", "total.txt") },
    Self(name: "a file gone from an output folder") { try $0.remove("out/f/g/x") },
    Self(name: "a link gone from an output folder") { try $0.remove("out/f/l") },
    Self(name: "an output folder gone") { try $0.remove("out/f") },
    Self(name: "an output replaced by a folder") { project in
      try project.remove("total.txt")
      try project.write("mine\n", to: "total.txt/mine")
    },
    Self(name: "the list of what was written gone") { try $0.remove("cache/project/outputs.log") },
  ]

  private static let definitions = [
    Self(name: "a parameter", executed: 1) { project in
      let text = LookedAtProject.manifest.replacingOccurrences(of: "\"p\": 1", with: "\"p\": 2")
      try project.write(text, to: "pipeline.json")
    },
    Self(name: "an output's path", executed: 1) { project in
      let text = LookedAtProject.manifest.replacingOccurrences(of: "tool.txt", with: "other.txt")
      try project.write(text, to: "pipeline.json")
    },
    Self(name: "a manifest that is the same again") { try await $0.tool("touch", "pipeline.json") },
    Self(name: "--set", executed: 1, arguments: ["--set", "tool.p=2"]),
    Self(name: "--force", executed: 6, arguments: ["--force"]),
    Self(name: "a variable", executed: 1, variables: ["MODE": "other"]),
    Self(name: "an invalidation", executed: 1) { project in
      try await LookedAtProject.pipe("invalidate", "count", in: project)
    },
  ]

  private static let programs = [
    Self(name: "a program that comes earlier on the PATH", executed: 1) {
      try LookedAtProject.writeHelper(in: $0, folder: "early", "second")
    },
    Self(name: "a program's content", executed: 1) {
      try LookedAtProject.writeHelper(in: $0, folder: "tools", "other")
    },
    Self(name: "a program gone", total: nil) { try $0.remove("tools/helper") },
    Self(name: "another PATH", total: nil, variables: ["PATH": "/usr/bin:/bin"]),
  ]

  private static let stores = [
    Self(name: "another store", executed: 6, arguments: ["--cache", "elsewhere"]),
    Self(name: "an object gone", executed: 1) { project in
      try project.remove(try await project.objectPath(ofOutputOf: "tree"))
    },
    Self(name: "an object cut short", executed: 1) { project in
      let object = try await project.objectPath(ofOutputOf: "tree")
      try await project.tool("chmod", "u+w", object)
      try await project.tool("truncate", "-s", "3", object)
    },
    Self(name: "all records gone", executed: 6, isOpen: false) { project in
      for name in project.names(in: "cache/records") { try project.remove("cache/records/" + name) }
    },
    Self(name: "another journal") { try $0.write("", to: "cache/records/other.log") },
    Self(name: "the index gone") { try $0.remove("cache/index.sqlite") },
    Self(name: "the needed keys gone") { try $0.remove("cache/project/needed-keys") },
    Self(name: "something left over") { try $0.write("", to: "cache/temporary/00000000-1-1") },
    Self(name: "garbage collected", executed: 1, isOpen: false) { project in
      try await LookedAtProject.pipe("run", "--set", "tool.p=3", in: project)
      try await LookedAtProject.pipe("run", in: project)
      try await Task.sleep(for: .milliseconds(120))
      try await LookedAtProject.pipe("run", in: project)
      try await LookedAtProject.pipe("cache", "gc", "--older-than", "0s", in: project)
    },
  ]
}
