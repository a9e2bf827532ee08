import Foundation
import PipelineEngine
import PipelineManifest
import Synchronization
import TestSupport
import Testing

/// In which order branches begin, and how many at once.
@Suite struct OrderTests {
  /// With one job: always the ready branch whose stage is nearest the end, then in the plan's order.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func nearestTheEndFirst(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let graph = IntegerGraph.random(using: &generator)
    try await withTemporaryFolder { folder in
      let outcome = try await TestProject(folder).run(graph.manifest, jobs: 1)
      let plan = outcome.plan
      let identities = Dictionary(
        uniqueKeysWithValues: graph.evaluated().map { ($0.name, $0.identity) })
      var finished: Set<BranchID> = []
      var known: Set<String> = []
      var expected: [String] = []
      while let next = next(in: plan, finished) {
        finished.insert(next)
        let name = plan.name(of: next)
        // A branch that shares its key with one that ran is a hit.
        if known.insert(identities[name] ?? "").inserted { expected.append(name) }
      }
      #expect(outcome.began == expected, "seed \(seed)")
    }
  }

  private func next(in plan: Plan, _ finished: Set<BranchID>) -> BranchID? {
    plan.branches.indices.filter { id in
      !finished.contains(id) && plan.allDependencies(of: id).allSatisfy(finished.contains)
    }.min { first, second in
      let depths = (
        plan.stages[plan.branches[first].stage].depth,
        plan.stages[plan.branches[second].stage].depth
      )
      return (depths.0, first) < (depths.1, second)
    }
  }

  /// Lets branches meet: each waits until `count` have come.
  private final class Meeting: Sendable {
    private let state = Mutex<(present: Int, most: Int)>((0, 0))
    let count: Int

    init(_ count: Int) {
      self.count = count
    }

    var most: Int { state.withLock { $0.most } }

    func attend() async throws {
      state.withLock { state in
        state.present += 1
        state.most = max(state.most, state.present)
      }
      while state.withLock({ $0.most }) < count { try await Task.sleep(for: .milliseconds(1)) }
      try await Task.sleep(for: .milliseconds(1))
      state.withLock { $0.present -= 1 }
    }
  }

  @Test("As many branches at once as there are jobs, and no more", .timeLimit(.minutes(1)))
  func usesAllJobs() async throws {
    let stages = #""n": { "kind": "leaf", "map": { "x0": { "from": 0, "count": 9 } } }"#
    for jobs in [1, 3] {
      try await withTemporaryFolder { folder in
        let meeting = Meeting(jobs)
        let hooks = Dictionary(
          uniqueKeysWithValues: (0..<9).map { number -> (String, Tape.Hook) in
            ("n@x0=\(number)", { _ in try await meeting.attend() })
          })
        let outcome = try await TestProject(folder).run(stages, jobs: jobs, hooks: hooks)
        #expect(outcome.totals.executed == 9)
        #expect(meeting.most == jobs)
        #expect(outcome.tape.entries.allSatisfy { $0.cores <= jobs })
      }
    }
  }

  @Test("A built-in kind that runs alone may use all cores")
  func aloneOnAllCores() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await TestProject(folder).run(
        """
        "n": { "kind": "leaf", "map": { "x0": [1, 2] } },
        "sum": { "kind": "fold", "inputs": { "all": "n@*" } }
        """, jobs: 7)
      #expect(outcome.tape.entries.last?.branch == "sum")
      #expect(outcome.tape.entries.last?.cores == 7)
      #expect(outcome.tape.entries.first?.cores == 1)
    }
  }

  @Test("Cores that commands reserve are never promised twice; one that wants too many runs alone")
  func reservesCores() async throws {
    let jobs = 3
    let wanted = ["a": 1, "b": 2, "c": 3, "d": 99]
    let stages = wanted.sorted { $0.key < $1.key }.map { name, cores in
      """
      "\(name)": { "kind": "command", "map": { "n": [1, 2, 3] }, "cores": \(cores),
                   "command": "touch $PIPE_OUTPUT_o", "outputs": { "o": "o/\(name){n}" } }
      """
    }.joined(separator: ",\n")
    try await withTemporaryFolder { folder in
      let outcome = try await TestProject(folder).run(stages, jobs: jobs)
      #expect(outcome.totals.executed == 12)
      var inUse = 0
      for event in outcome.events {
        switch event {
        case .running(let id, _): inUse += cores(of: id, in: outcome.plan, jobs)
        case .executed(let id, _, _): inUse -= cores(of: id, in: outcome.plan, jobs)
        default: continue
        }
        #expect(inUse <= jobs)
      }
      #expect(inUse == 0)
    }
  }

  private func cores(of id: BranchID, in plan: Plan, _ jobs: Int) -> Int {
    min(jobs, plan.stages[plan.branches[id].stage].command?.cores ?? 1)
  }

  @Test("Two commands that want more memory than there is run one after the other")
  func reservesMemory() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await TestProject(folder).run(
        """
        "n": { "kind": "command", "map": { "n": [1, 2, 3] }, "memory": "1000 TB",
               "command": "touch $PIPE_OUTPUT_o", "outputs": { "o": "o/{n}" } }
        """, jobs: 3)
      #expect(outcome.totals.executed == 3)
      let steps = outcome.events.compactMap { event -> String? in
        switch event {
        case .running: "begins"
        case .executed: "ends"
        default: nil
        }
      }
      #expect(steps == ["begins", "ends", "begins", "ends", "begins", "ends"])
    }
  }

  @Test("Branches that compute on every core do not hold up other tasks")
  func computingHoldsUpNobody() async throws {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let computing = Atomic(0)
    let isSeen = Atomic(false)
    let observer = Task {
      while computing.load(ordering: .relaxed) < cores {
        try await Task.sleep(for: .milliseconds(1))
      }
      isSeen.store(true, ordering: .relaxed)
    }
    let compute: Tape.Hook = { _ in
      computing.add(1, ordering: .relaxed)
      // All tests share the task pool, and its queue is long.
      let end = ContinuousClock.now + .seconds(240)
      while !isSeen.load(ordering: .relaxed), ContinuousClock.now < end {}
      let wasSeen = isSeen.load(ordering: .relaxed)
      #expect(wasSeen, "no other task ran")
    }
    let names = (0..<cores).map { "a@x0=\($0)" }
    try await withTemporaryFolder { folder in
      let outcome = try await TestProject(folder).run(
        #""a": { "kind": "leaf", "map": { "x0": { "from": 0, "count": \#(cores) } } }"#,
        jobs: cores, hooks: Dictionary(uniqueKeysWithValues: names.map { ($0, compute) }))
      #expect(outcome.ran == names.sorted())
    }
    try await observer.value
  }
}
