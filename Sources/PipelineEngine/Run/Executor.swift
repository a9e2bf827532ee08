import ArtifactCache
import ChildPrograms
import PipelineManifest
import Workspaces

/// Walks the plan: key, lookup, hit or run, commit.
///
/// One task group, whose loop owns all state; work is done in child tasks, which own nothing. The
/// executor decides order and reuse only; how a branch runs is a ``BranchExecutor``'s business.
package struct Executor {
  private let project: Project
  private let options: RunOptions
  private let branches: BranchRunner
  private let materializer: Materializer
  private let programs: Programs
  private let report: @Sendable (RunEvent) -> Void
  private let run = RunIdentity()

  private var schedule: Schedule
  private var lookup: ResultLookup
  private var results: [[StoredOutput]?]
  /// The key under which each result was found or made.
  private var keys: [Digest?]
  /// Keys that the run uses and that garbage collection does not yet know to be needed.
  private var unnotedKeys: [Digest] = []
  private var queue = ReadyQueue()
  private var cores: Reservation
  private var locks: [BranchID: KeyLock] = [:]
  private var underWay = 0
  private var timesReopened: [BranchID: Int] = [:]
  /// How each branch ended, as far as it has; one that is found damaged later loses its entry.
  private var outcomes: [BranchID: Outcome] = [:]
  private var restoredFiles = 0
  private var hasFailure = false
  private var isNoted = false
  private let waiting = WaitingSwitch()
  private let selected: [BranchID]
  private let forced: Set<BranchID>

  private enum Outcome {
    case hit
    case executed
    case failed
  }

  /// An executor for one run.
  ///
  /// - Parameters:
  ///   - project: Plan, cache and files.
  ///   - options: What the user decided.
  ///   - environment: Of this process; commands see what they declare of it.
  ///   - report: Told what happens, from any thread.
  /// - Throws: ``CacheError`` when the project's state cannot be read.
  package init(
    project: Project, options: RunOptions, environment: [String: String],
    report: @escaping @Sendable (RunEvent) -> Void
  ) throws {
    let plan = project.plan
    let programs = Programs(environment: environment, files: project.files)
    let latest = LatestRecords(of: project)
    selected = options.targets.map { plan.upstream(of: $0) } ?? Array(plan.branches.indices)
    self.project = project
    self.options = options
    self.report = report
    self.programs = programs
    forced = options.isForced ? Set(options.targets ?? selected) : []
    materializer = try Materializer(project: project)
    branches = BranchRunner(
      project: project, run: run, materializer: materializer,
      executor: LocalExecutor(
        project: project, programs: programs, workTree: materializer.workTree,
        places: BranchPlaces(of: project, environment: environment)),
      latest: latest, report: report)
    schedule = Schedule(plan: plan, selected: selected)
    lookup = try ResultLookup(
      project: project, programs: programs, forced: forced, latest: latest)
    results = [[StoredOutput]?](repeating: nil, count: plan.branches.count)
    keys = [Digest?](repeating: nil, count: plan.branches.count)
    cores = Reservation(cores: options.jobs, memory: Machine.memory)
  }

  /// Runs everything that has no valid result; returns when nothing is left or can go on.
  ///
  /// Cancelling the surrounding task ends the run: commands are stopped, finished work is kept.
  package mutating func execute() async throws -> RunTotals {
    let clock = ContinuousClock()
    let start = clock.now
    report(.started(branches: selected.count, jobs: options.jobs))
    try await withTaskExecutorPreference(CoordinatorThread()) { try await runAll() }
    try finish()
    let totals = totals(seconds: (clock.now - start) / .seconds(1))
    if totals.executed > 0 || totals.failed > 0 {
      try project.state.noteRun(run.summary(totals))
    }
    report(.finished(totals))
    return totals
  }

  private mutating func runAll() async throws {
    try await withThrowingTaskGroup(of: BranchRunner.Result.self) { group in
      while true {
        while !isStopping {
          CoordinatorThread.goesOn()
          try lookUpReady(in: &group)
          try startQueued(in: &group)
          // A hit that was found after its key was locked makes others ready.
          if !schedule.hasReady { break }
        }
        guard underWay > 0, let result = try await group.next() else { return }
        underWay -= 1
        settle(result)
      }
    }
  }

  /// No new work: the user ended the run, or a branch failed and nobody said `--keep-going`.
  private var isStopping: Bool {
    Task.isCancelled || (hasFailure && !options.keepsGoing)
  }
}

// MARK: - Looking up

extension Executor {
  private typealias Group = ThrowingTaskGroup<BranchRunner.Result, any Error>

  /// Looks up all branches whose inputs are known, again and again while hits make more of them ready.
  private mutating func lookUpReady(in group: inout Group) throws {
    while case let ready = schedule.takeReady(), !ready.isEmpty {
      for (id, answer) in try lookup.look(up: ready, results: results) {
        switch answer {
        case .hit(let record): hit(id, record, in: &group)
        case .miss(let work, _):
          unnotedKeys.append(work.key)
          queue.insert(.init(work))
        case .failure(let failure): fail(id, failure)
        case .damagedInput(_, let makers): reopen(makers, for: id)
        }
      }
    }
  }

  private mutating func hit(_ id: BranchID, _ record: RecordSummary, in group: inout Group) {
    results[id] = record.outputs
    keys[id] = record.key
    unnotedKeys.append(record.key)
    guard materializer.isComplete(id, record.outputs) else {
      start(in: &group) { [branches] in await branches.restore(id, record.outputs) }
      return
    }
    finishHit(id)
  }

  private mutating func finishHit(_ id: BranchID) {
    outcomes[id] = .hit
    schedule.finish(id)
    report(.hit(id))
  }
}

// MARK: - Running

extension Executor {
  /// Starts queued work as long as cores and memory are free.
  private mutating func startQueued(in group: inout Group) throws {
    while let next = queue.first, cores.hasRoom(for: next.work) {
      CoordinatorThread.goesOn()
      guard let item = queue.removeFirst() else { return }
      let work = item.work
      guard let lock = try project.cache.tryLock(work.key) else {
        waitForOtherRun(item, in: &group)
        continue
      }
      try start(item, holding: lock, in: &group)
    }
  }

  /// Runs `item`, unless another process has finished it since it was looked up.
  private mutating func start(
    _ item: ReadyQueue.Item, holding lock: KeyLock, in group: inout Group
  ) throws {
    let work = item.work
    let id = work.branch.id
    let miss: ResultLookup.Miss
    switch try lookup.lookAgain(work) {
    case .miss(let found): miss = found
    case .hit(let record):
      lock.release()
      hit(id, record, in: &group)
      return
    }
    let isAlone = queue.isEmpty && underWay == 0 && work.stage.command == nil
    let share = isAlone ? options.jobs : min(work.cores, options.jobs)
    cores.take(id, cores: share, memory: work.memory)
    locks[id] = lock
    let reason = try lookup.reason(for: work, miss)
    noteFirstBranch()
    noteKeys()
    report(.running(id, reason))
    start(in: &group, on: OwnThread(takingOver: !schedule.hasReady)) { [branches] in
      await branches.run(work, cores: share, isFirst: miss == .noRecord)
    }
  }

  /// Notes the run in the project's history before it can make a record, so that its records are known to
  /// be this project's however it ends.
  ///
  /// They are valid without that too, so a failure is none of the run's.
  private mutating func noteFirstBranch() {
    if isNoted { return }
    isNoted = true
    try? project.state.noteRun(run.beginning)
  }

  /// Notes what the run uses before it makes a record of it, for garbage collection to keep however the
  /// run ends.
  ///
  /// All at once of branches that were looked up together. A run that finds everything up to date notes
  /// nothing.
  private mutating func noteKeys() {
    if unnotedKeys.isEmpty { return }
    try? project.state.addNeededKeys(unnotedKeys)
    unnotedKeys = []
  }

  /// Waits, without a core, until the process that runs the same key has let go of it.
  private mutating func waitForOtherRun(_ item: ReadyQueue.Item, in group: inout Group) {
    report(.waiting(item.work.branch.id))
    start(in: &group) { [cache = project.cache, waiting] in
      do {
        return .unlocked(item, try await cache.lock(item.work.key) { waiting.isWorthwhile })
      } catch CacheError.cancelled {
        return .interrupted(item.work.branch.id)
      } catch {
        return .failed(item.work.branch.id, BranchFailure(cause: "\(error)"))
      }
    }
  }

  private mutating func start(
    in group: inout Group, on executor: any TaskExecutor = globalConcurrentExecutor,
    _ work: @escaping @Sendable () async -> BranchRunner.Result
  ) {
    underWay += 1
    group.addTask(executorPreference: executor) { await work() }
  }
}

// MARK: - Settling

extension Executor {
  private mutating func settle(_ result: BranchRunner.Result) {
    switch result {
    case .executed(let id, let record):
      release(id)
      results[id] = record.outputs
      keys[id] = record.key
      outcomes[id] = .executed
      schedule.finish(id)
    case .restored(let id, let files):
      restoredFiles += files
      finishHit(id)
    case .failed(let id, let failure):
      release(id)
      fail(id, failure)
    case .damaged(let id, let object):
      release(id)
      repair(id, object)
    case .unlocked(let item, let lock):
      // Given back at once, and taken anew when a core is free.
      lock.release()
      queue.insert(item)
    case .interrupted(let id):
      release(id)
      schedule.skip(id)
    }
  }

  private mutating func release(_ id: BranchID) {
    locks.removeValue(forKey: id)?.release()
    cores.giveBack(id)
  }

  private mutating func fail(_ id: BranchID, _ failure: BranchFailure) {
    hasFailure = true
    if !options.keepsGoing { waiting.end() }
    outcomes[id] = .failed
    report(.failed(id, failure))
    for reader in schedule.fail(id) { report(.skipped(reader)) }
  }

  /// A damaged object: if it is an output of the branch itself, that is looked up anew, which finds it
  /// lost; if another branch made it, that one runs first.
  private mutating func repair(_ id: BranchID, _ object: Digest) {
    let isOwn = results[id]?.contains { $0.objects.contains { $0.digest == object } } == true
    if isOwn {
      results[id] = nil
      reopen([], for: id)
    } else {
      reopen(project.plan.makers(of: object, for: id, results: results), for: id)
    }
  }

  private mutating func reopen(_ makers: [BranchID], for id: BranchID) {
    timesReopened[id, default: 0] += 1
    guard timesReopened[id, default: 0] <= 3 else {
      fail(
        id,
        BranchFailure(
          cause: "its inputs were found damaged again and again",
          hint: "run 'pipe cache check'; the disk may be failing"))
      return
    }
    for maker in makers where schedule.states[maker] == .finished {
      results[maker] = nil
      outcomes[maker] = nil
    }
    lookup.forget(makers)
    let lost = schedule.reopen(makers, for: id)
    report(.damagedInput(id, madeBy: makers))
    for branch in lost { report(.skipped(branch)) }
  }

  private func totals(seconds: Double) -> RunTotals {
    var totals = RunTotals(restored: restoredFiles, seconds: seconds)
    for outcome in outcomes.values {
      switch outcome {
      case .hit: totals.hits += 1
      case .executed: totals.executed += 1
      case .failed: totals.failed += 1
      }
    }
    totals.skipped = selected.count - outcomes.count
    totals.wasInterrupted = Task.isCancelled
    return totals
  }

  /// What is left to do when no branch is under way: remember for the next run, then tidy up.
  private func finish() throws {
    let isWhole = options.targets == nil && !hasFailure && outcomes.count == selected.count
    try save(isWhole: isWhole)
    try preferForced()
    guard isWhole else { return }
    let removed = try materializer.removeUndeclared()
    if !removed.isEmpty { report(.removed(paths: removed)) }
    try materializer.saveWritten()
    if removed.isEmpty { rememberLook() }
  }

  /// Remembers that everything was up to date; next time this is answered at once.
  ///
  /// Not to be able to costs the next run a look, which is no reason to fail.
  private func rememberLook() {
    guard restoredFiles == 0, !options.hasOverrides, outcomes.values.allSatisfy({ $0 == .hit }),
      let look = try? LookMemo(
        of: project, programs: programs, results: results, workTree: materializer.workTree)
    else { return }
    try? project.state.replaceLastLook(look)
  }

  /// What was made by force is the valid result from now on, whatever was recorded before; unless its
  /// parameters were set for this time only.
  private func preferForced() throws {
    let made = forced.filter { outcomes[$0] == .executed }.sorted()
    guard !made.isEmpty, !options.hasOverrides else { return }
    try project.state.invalidate(made.map { project.plan.name(of: $0) }, at: run.started)
  }

  private func save(isWhole: Bool) throws {
    try project.cache.flush()
    try materializer.saveWritten()
    let needed = keys.compactMap { $0 }
    if isWhole && !options.hasOverrides {
      if try project.state.neededKeys() != needed { try project.state.replaceNeededKeys(needed) }
    } else if !needed.isEmpty {
      // A part of the plan, or another one: garbage collection must spare it beside the rest.
      let now = Set(needed)
      let known = try project.state.neededKeys().filter { !now.contains($0) }
      try project.state.replaceNeededKeys(known + needed)
    }
    if project.files.memory.hasLearned {
      let digests = project.files.memory.digests(onlyUsed: isWhole)
      try project.state.replaceSignatures(digests)
    }
  }
}
