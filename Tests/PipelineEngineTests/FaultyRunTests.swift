import ArtifactCache
import CacheTestSupport
import Foundation
import PipelineEngine
import PipelineManifest
import TestSupport
import Testing

/// A small run in which one file operation of store or project state fails, or at which it dies.
///
/// Commands, a fan, a collection, a folder and a built-in kind; store and state as the program has them.
@Suite struct FaultyRunTests {
  private static let stages = """
    "source": { "kind": "command", "inputs": { "seed": "seed.txt" }, "outputs": { "data": "data.txt" },
                "command": "echo reading; grep -v '#' seed.txt > data.txt" },
    "part": { "kind": "command", "map": { "i": [1, 2, 3] }, "inputs": { "data": "source" },
              "outputs": { "part": "parts/{i}.txt" },
              "command": "echo $(($(cat data.txt) * PIPE_AXIS_i)) > parts/$PIPE_AXIS_i.txt" },
    "total": { "kind": "command", "inputs": { "parts": "part@*" }, "outputs": { "total": "total.txt" },
               "command": "cat parts/*.txt > total.txt" },
    "number": { "kind": "leaf", "params": { "addend": 5 } },
    "next": { "kind": "one", "inputs": { "a": "number" }, "outputs": { "value": "next.txt" } },
    "book": { "kind": "pages", "outputs": { "book": "book/" } }
    """
  private static let branches: Set = [
    "source", "part@i=1", "part@i=2", "part@i=3", "total", "number", "next", "book",
  ]
  /// What an undisturbed run leaves in the work tree.
  private static let outputs = [
    "data.txt": "7\n", "parts/1.txt": "7\n", "parts/2.txt": "14\n", "parts/3.txt": "21\n",
    "total.txt": "7\n14\n21\n", "next.txt": "5\n", "book/part/0.txt": "0\n",
    "book/part/1.txt": "1\n",
  ]

  private func makeProject(_ folder: String) throws -> TestProject {
    let project = TestProject(folder)
    try project.write("seed.txt", "# what a comment\n7\n")
    return project
  }

  /// Runs everything through `files`, as the program would, then looks; gives what was told to be executed.
  private func run(
    _ project: TestProject, _ files: FaultyFiles, jobs: Int,
    _ look: (Set<String>) async throws -> Void
  ) async throws {
    let plan = try project.plan(Self.stages)
    let log = EventLog()
    var opened = try? project.open(plan, files: files)
    if let opened {
      var executor = try? Executor(
        project: opened, options: RunOptions(jobs: jobs), environment: project.environment
      ) { log.append($0) }
      let totals = try? await executor?.execute()
      #expect(totals?.isSuccess == true || files.hasFailed, "a run fails without a cause")
      #expect(totals?.isSuccess != true || log.executed(of: plan) == Self.branches)
    }
    // A cache tidies up on its way out; a dead one must not before others have looked.
    if !files.isDead { opened = nil }
    try await look(log.executed(of: plan))
    withExtendedLifetime(opened) {}
  }

  /// Whatever happened: nothing that was finished is lost or repeated, and all becomes right.
  private func expectRecovery(
    _ project: TestProject, told: Set<String>, _ label: String
  ) async throws {
    let committed = try committedBranches(project)
    #expect(committed.isSuperset(of: told), "\(label)")
    let report = try check(project)
    #expect(!report.hasDamage, "\(label): \(report.findings)")
    let next = try await project.run(Self.stages)
    #expect(next.totals.isSuccess, "\(label)")
    #expect(Set(next.executed) == Self.branches.subtracting(committed), "\(label)")
    for (path, text) in Self.outputs { #expect(project.text(path) == text, "\(label)") }
    try await repair(project)
    #expect(try check(project).findings == [], "\(label)")
  }

  private func committedBranches(_ project: TestProject) throws -> Set<String> {
    let cache = try Cache.open(at: project.cacheFolder, readOnly: true) { _ in }
    return Set(try cache.latestSummaries().keys)
  }

  private func check(_ project: TestProject) throws -> CacheReport {
    try Cache.open(at: project.cacheFolder, readOnly: true) { _ in }.check(repair: false)
  }

  /// Repairs as soon as the tasks of a run that has just ended have let go of its cache.
  private func repair(_ project: TestProject) async throws {
    let cache = try Cache.open(at: project.cacheFolder) { _ in }
    for _ in 0..<1000 {
      do throws(CacheError) {
        _ = try cache.check(repair: true)
        return
      } catch CacheError.inUse {
        try await Task.sleep(for: .milliseconds(5))
      }
    }
    Issue.record("the cache of a run that has ended stays open")
  }

  private func countOperations() async throws -> Int {
    try await withTemporaryFolder { folder in
      let project = try makeProject(folder)
      let files = FaultyFiles.none
      try await run(project, files, jobs: 1) { told in
        #expect(told == Self.branches)
        try await expectRecovery(project, told: told, "undisturbed")
      }
      return files.count
    }
  }

  @Test(arguments: [FaultyFiles.Fault.death, .inputOutput, .noSpace, .notPermitted, .shortWrite])
  func everyOperationFails(fault: FaultyFiles.Fault) async throws {
    let count = try await countOperations()
    #expect(count > 200)
    for position in 0..<count {
      try await withTemporaryFolder { folder in
        let project = try makeProject(folder)
        // A full disk stays full.
        let files = FaultyFiles(fault, at: position, lasts: fault == .noSpace)
        try await run(project, files, jobs: 1 + position % 2) { told in
          try await expectRecovery(project, told: told, "\(fault) at \(position)")
        }
      }
    }
  }
}

extension EventLog {
  fileprivate func executed(of plan: Plan) -> Set<String> {
    var names: Set<String> = []
    for case .executed(let id, _, _) in events { names.insert(plan.name(of: id)) }
    return names
  }
}
