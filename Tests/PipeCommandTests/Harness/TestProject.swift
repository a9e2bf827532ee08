import Foundation
import TestSupport
import Testing

/// A project in a temporary folder, with a place beside it that no stage knows of.
struct TestProject: Sendable {
  /// The project.
  let root: String
  /// Beside the project: ledger, gate, captured output.
  let outside: String

  /// A file that commands append to when they run, whatever the program says about it.
  var ledgerPath: String { outside + "/ledger" }
  /// A file that commands wait for, when a test makes them.
  var gatePath: String { outside + "/gate" }

  /// All that a program started here sees of the environment, unless a test adds to it.
  var environment: [String: String] {
    var values = ["HOME": outside, "LEDGER": ledgerPath, "GATE": gatePath, "OUTSIDE": outside]
    for name in ["PATH", "TMPDIR"] { values[name] = ProcessInfo.processInfo.environment[name] }
    return values
  }
}

/// Runs `body` with a new project whose manifest is `manifest`; removes it afterwards.
func withProject(
  _ manifest: String? = nil, _ body: (TestProject) async throws -> Void
) async throws {
  await Gate.shared.enter()
  do {
    try await withTemporaryFolder { path in
      let base = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      let project = TestProject(root: base + "/project", outside: base + "/outside")
      try project.makeFolder(project.root)
      try project.makeFolder(project.outside)
      if let manifest { try project.write(manifest, to: "pipeline.json") }
      try await body(project)
    }
  } catch {
    await Gate.shared.leave()
    throw error
  }
  await Gate.shared.leave()
}

// MARK: - Running

extension TestProject {
  /// Starts `pipe` in the project, or in `folder` of it.
  func start(
    _ arguments: [String], environment extra: [String: String] = [:], in folder: String = "."
  ) throws -> RunningProgram {
    try RunningProgram(
      try PipeProgram.path(), arguments, environment: environment.merging(extra) { $1 },
      directory: path(folder), captures: outside)
  }

  /// Runs `pipe` and returns what it left, whatever its exit code.
  func pipe(
    _ arguments: String..., environment extra: [String: String] = [:], in folder: String = "."
  ) async throws -> Outcome {
    try await start(arguments, environment: extra, in: folder).outcome()
  }

  /// `pipe run --json` with more arguments, which must end with `status`.
  @discardableResult func run(
    _ arguments: String..., status: Int = 0, environment extra: [String: String] = [:],
    in folder: String = ".", sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Run {
    let running = try start(["run", "--json"] + arguments, environment: extra, in: folder)
    let outcome = try await running.outcome()
    try #require(outcome.status == status, "\(outcome)", sourceLocation: sourceLocation)
    return try Run(outcome)
  }

  /// Runs another program in the project, which must end well; returns what it printed.
  @discardableResult func tool(_ program: String, _ arguments: String...) async throws -> String {
    let running = try RunningProgram(
      "/usr/bin/env", [program] + arguments, environment: environment, directory: root,
      captures: outside)
    let outcome = try await running.outcome()
    try #require(outcome.status == 0, "\(program) \(arguments): \(outcome)")
    return outcome.output
  }
}

// MARK: - Files

extension TestProject {
  /// The absolute path of a file of the project.
  func path(_ relative: String) -> String {
    relative.hasPrefix("/") ? relative : relative == "." ? root : root + "/" + relative
  }

  func makeFolder(_ relative: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(relative), withIntermediateDirectories: true)
  }

  func write(_ text: String, to relative: String) throws {
    let url = URL(fileURLWithPath: path(relative))
    try makeFolder(url.deletingLastPathComponent().path)
    try Data(text.utf8).write(to: url)
  }

  func read(_ relative: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(relative))), as: UTF8.self)
  }

  func exists(_ relative: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path(relative))) != nil
  }

  func remove(_ relative: String) throws {
    try FileManager.default.removeItem(atPath: path(relative))
  }

  /// Names in a folder, sorted; none where there is no folder.
  func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
  }

  /// All files below a folder, sorted, as paths from there.
  func files(below folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: path(folder))?.compactMap { $0 as? String } ?? [])
      .filter { name in
        var isFolder: ObjCBool = false
        let whole = path(folder) + "/" + name
        return FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder)
          && !isFolder.boolValue
      }.sorted()
  }

  /// What commands wrote to the ledger, sorted.
  func ledger() -> [String] {
    ((try? read(ledgerPath)) ?? "").split(separator: "\n").map(String.init).sorted()
  }

  func openGate() throws { try write("", to: gatePath) }
}
