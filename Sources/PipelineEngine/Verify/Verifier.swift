import ArtifactCache
import ChildPrograms
import Foundation
import PipelineManifest
import Workspaces

/// Runs branches that have valid results again, in a folder of their own, and compares the bits.
///
/// The cache, its records and the work tree stay as they are; a project opened for reading only will do.
/// As in a run, the loop of one task group owns all state.
package struct Verifier {
  private struct Item: Sendable {
    let work: BranchWork
    let record: RecordSummary
  }

  private enum Result: Sendable {
    case same(BranchID, seconds: Double)
    case different(BranchID, OutputDifference, seconds: Double)
    case failed(BranchID, BranchFailure)
    case interrupted(BranchID)
  }

  private let project: Project
  private let options: VerificationOptions
  private let programs: Programs
  private let report: @Sendable (VerificationEvent) -> Void
  private var totals = VerificationTotals()
  private var cores: Reservation
  private var underWay = 0

  package init(
    project: Project, options: VerificationOptions, environment: [String: String],
    report: @escaping @Sendable (VerificationEvent) -> Void
  ) {
    self.project = project
    self.options = options
    self.report = report
    programs = Programs(environment: environment, files: project.files)
    cores = Reservation(cores: options.jobs, memory: Machine.memory)
  }

  /// Verifies what was asked for; returns when all has been compared or the task was cancelled.
  package mutating func verify() async throws -> VerificationTotals {
    let clock = ContinuousClock()
    let began = clock.now
    let items = try items()
    let scratch = try ScratchFolder(in: project.cacheFolder + "/work")
    let trial = try Trial(project: project, programs: programs, scratch: scratch.path)
    await withTaskGroup(of: Result.self) { group in
      var rest = items[...]
      while true {
        while !Task.isCancelled, let next = rest.first, cores.hasRoom(for: next.work) {
          rest = rest.dropFirst()
          start(next, isLast: rest.isEmpty, trial, in: &group)
        }
        guard underWay > 0, let result = await group.next() else { break }
        underWay -= 1
        settle(result)
      }
      totals.unreached += rest.count
    }
    totals.seconds = (clock.now - began) / .seconds(1)
    report(.finished(totals))
    return totals
  }

  /// The branches to run again, with their inputs and the results to compare with.
  private mutating func items() throws -> [Item] {
    let asked = options.targets ?? Array(project.plan.branches.indices)
    let candidates = Array(Set(asked)).sorted()
    let assessment = try Assessment(
      of: project, environment: programs.environment, selected: candidates)
    var obstacles: [(BranchID, VerificationEvent.Obstacle)] = []
    var valid: [BranchID] = []
    for id in candidates {
      let stage = project.plan.stages[project.plan.branches[id].stage]
      if stage.command?.workdir == .project {
        obstacles.append((id, .inProject))
      } else if assessment.records[id] == nil {
        obstacles.append((id, .noResult))
      } else {
        valid.append(id)
      }
    }
    let chosen = options.sample.map { BranchSample.choose($0, of: valid, seed: options.seed) }
    let branches = chosen ?? valid
    report(
      .started(
        branches: branches.count, candidates: valid.count, jobs: options.jobs,
        seed: chosen == nil ? nil : options.seed))
    totals.unverified = obstacles.count
    for (id, obstacle) in obstacles { report(.unverified(id, obstacle)) }
    return try items(of: branches, assessment)
  }

  private func items(of branches: [BranchID], _ assessment: Assessment) throws -> [Item] {
    let results = assessment.records.map { $0?.outputs }
    var lookup = try ResultLookup(project: project, programs: programs)
    return branches.compactMap { id in
      guard let record = assessment.records[id], let work = lookup.work(of: id, results: results)
      else { return nil }
      return Item(work: work, record: record)
    }
  }

  private mutating func start(
    _ item: Item, isLast: Bool, _ trial: Trial, in group: inout TaskGroup<Result>
  ) {
    let work = item.work
    let id = work.branch.id
    let isAlone = isLast && underWay == 0 && work.stage.command == nil
    let share = isAlone ? options.jobs : min(work.cores, options.jobs)
    cores.take(id, cores: share, memory: work.memory)
    underWay += 1
    report(.running(id))
    group.addTask(executorPreference: OwnThread()) { [report] in
      await Self.run(item, cores: share, trial, report)
    }
  }

  private static func run(
    _ item: Item, cores: Int, _ trial: Trial,
    _ report: @escaping @Sendable (VerificationEvent) -> Void
  ) async -> Result {
    let id = item.work.branch.id
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let difference = try await trial.firstDifference(item.work, item.record, cores: cores) {
        if case .progress(let id, let completed, let total, let unit) = $0 {
          report(.progress(id, completed: completed, total: total, unit: unit))
        }
      }
      let seconds = (clock.now - start) / .seconds(1)
      return difference.map { .different(id, $0, seconds: seconds) } ?? .same(id, seconds: seconds)
    } catch is CancellationError {
      return .interrupted(id)
    } catch {
      if Task.isCancelled { return .interrupted(id) }
      return .failed(id, error as? BranchFailure ?? BranchFailure(cause: "\(error)"))
    }
  }

  private mutating func settle(_ result: Result) {
    switch result {
    case .same(let id, let seconds):
      cores.giveBack(id)
      totals.same += 1
      report(.same(id, seconds: seconds))
    case .different(let id, let difference, let seconds):
      cores.giveBack(id)
      totals.different += 1
      report(.different(id, difference, seconds: seconds))
    case .failed(let id, let failure):
      cores.giveBack(id)
      totals.failed += 1
      report(.failed(id, failure))
    case .interrupted(let id):
      cores.giveBack(id)
      totals.unreached += 1
    }
  }
}

/// Runs one branch again in the scratch folder.
private struct Trial: Sendable {
  let executor: LocalExecutor
  let comparison: OutputComparison
  let sources: SourceFiles

  init(project: Project, programs: Programs, scratch: String) throws {
    let places = BranchPlaces(scratch: scratch)
    executor = LocalExecutor(
      project: project, programs: programs, workTree: try Materializer(project: project).workTree,
      places: places)
    comparison = OutputComparison(
      stored: project.cache.objects, made: places.outputs, scratch: scratch)
    sources = project.files
  }

  func firstDifference(
    _ work: BranchWork, _ record: RecordSummary, cores: Int,
    report: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> OutputDifference? {
    let outcome = try await executor.execute(work, cores: cores, report: report)
    try work.checkSources(sources)
    return try comparison.firstDifference(record.outputs, outcome.outputs)
  }
}
