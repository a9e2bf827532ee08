import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest
import Synchronization
import Testing
import Workspaces

/// A project in a temporary folder, opened anew for each run as the program does.
struct TestProject {
  let root: String
  var environment = ["PATH": "/usr/bin:/bin"]

  init(_ root: String) {
    self.root = root
  }

  var cacheFolder: String { root + "/cache" }

  // MARK: Files

  func path(_ path: String) -> String { "\(root)/\(path)" }

  func write(_ path: String, _ text: String) throws {
    let url = URL(fileURLWithPath: self.path(path))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// The content of a file of the work tree; nil where there is none.
  func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: self.path(path)).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  // MARK: Opening

  func plan(_ stages: String) throws -> Plan {
    try ManifestLoader.plan(
      file: "pipeline.json", text: Array("{\"stages\": {\(stages)}}".utf8),
      kinds: IntegerKinds.registry.kinds, files: EmptyListing())
  }

  func open(
    _ plan: Plan, isReadOnly: Bool = false, files: any FileOperations = SystemFiles()
  ) throws -> Project {
    let folder = try ProjectFolder(root: root)
    let own = folder.root + "/cache"
    let state = try ProjectState.open(at: own, readOnly: isReadOnly, files: files) { _ in }
    return Project(
      folder: folder, plan: plan, stages: IntegerKinds.registry,
      cache: try Cache.open(at: own, readOnly: isReadOnly, files: files) { _ in },
      state: state,
      files: SourceFiles(
        project: folder, memory: SignatureMemory(try state.signatures()),
        excluded: [try ProjectPath("cache")]),
      cacheFolder: own)
  }

  // MARK: Running

  /// Runs the stages and gives everything that can be known of it.
  func run(
    _ stages: String, targets: [String]? = nil, jobs: Int = 2, isForced: Bool = false,
    keepsGoing: Bool = false, hooks: [String: Tape.Hook] = [:]
  ) async throws -> RunOutcome {
    let plan = try plan(stages)
    var options = RunOptions(targets: try targets?.flatMap { try plan.select($0) }, jobs: jobs)
    options.isForced = isForced
    options.keepsGoing = keepsGoing
    let tape = Tape(hooks: hooks)
    let log = EventLog()
    let totals = try await Tape.$current.withValue(tape) {
      var executor = try Executor(
        project: try open(plan), options: options, environment: environment
      ) { log.append($0) }
      return try await executor.execute()
    }
    let selected = options.targets.map { plan.upstream(of: $0).count } ?? plan.branches.count
    #expect(
      totals.executed + totals.hits + totals.failed + totals.skipped == selected,
      "the counts add up to the branches")
    return RunOutcome(plan: plan, totals: totals, tape: tape, events: log.events)
  }

  // MARK: Looking

  func assess(_ plan: Plan, forced: [BranchID] = []) throws -> Assessment {
    try Assessment(
      of: try open(plan, isReadOnly: true), environment: environment, forced: forced)
  }

  /// What each up-to-date branch of the integer kinds is worth, by its name.
  func values(_ stages: String) throws -> [String: Int] {
    try values(plan(stages))
  }

  func values(_ plan: Plan) throws -> [String: Int] {
    let project = try open(plan, isReadOnly: true)
    let assessment = try Assessment(of: project, environment: environment)
    var values: [String: Int] = [:]
    for id in plan.branches.indices {
      guard let output = assessment.records[id]?.outputs.first(where: { $0.name == "value" }) else {
        continue
      }
      values[plan.name(of: id)] = try IntegerKinds.integer(
        project.cache.objects.read(output.object))
    }
    return values
  }

  /// The newest record of a branch.
  func record(_ branch: String) throws -> Record {
    let cache = try Cache.open(at: cacheFolder, readOnly: true) { _ in }
    return try #require(try cache.history(ofBranch: branch, limit: 1).first)
  }

  func records() throws -> Int {
    try Cache.open(at: cacheFolder, readOnly: true) { _ in }.check(repair: false).records
  }
}

/// One run, seen from all sides.
struct RunOutcome {
  let plan: Plan
  let totals: RunTotals
  let tape: Tape
  let events: [RunEvent]

  /// Branches of integer kinds that ran, in the order in which they began.
  var began: [String] { tape.entries.map(\.branch) }

  var ran: [String] { began.sorted() }

  /// Branches that the run says it executed, commands too.
  var executed: [String] {
    events.compactMap { event in
      if case .executed(let id, _, _) = event { plan.name(of: id) } else { nil }
    }.sorted()
  }

  /// Branches whose execution left the outputs of their previous result.
  var unchanged: [String] {
    events.compactMap { event in
      if case .executed(let id, _, isUnchanged: true) = event { plan.name(of: id) } else { nil }
    }.sorted()
  }

  var hits: [String] {
    events.compactMap { if case .hit(let id) = $0 { plan.name(of: id) } else { nil } }.sorted()
  }

  var skipped: [String] {
    events.compactMap { if case .skipped(let id) = $0 { plan.name(of: id) } else { nil } }.sorted()
  }

  /// What was said of each failed branch.
  var failures: [String: BranchFailure] {
    var failures: [String: BranchFailure] = [:]
    for case .failed(let id, let failure) in events { failures[plan.name(of: id)] = failure }
    return failures
  }

  /// Why each branch ran.
  var reasons: [String: RunReason] {
    var reasons: [String: RunReason] = [:]
    for case .running(let id, let reason) in events { reasons[plan.name(of: id)] = reason }
    return reasons
  }

  /// The branches said to have made a damaged input.
  var makersOfDamage: [String] {
    events.flatMap { event -> [String] in
      if case .damagedInput(_, let makers) = event { makers.map(plan.name) } else { [] }
    }
  }
}

/// Events of a run, from any thread.
final class EventLog: Sendable {
  private let state = Mutex<[RunEvent]>([])

  var events: [RunEvent] { state.withLock { $0 } }

  func append(_ event: RunEvent) {
    state.withLock { $0.append(event) }
  }
}
