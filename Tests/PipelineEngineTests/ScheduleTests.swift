import PipelineEngine
import PipelineManifest
import Testing

/// A schedule against a model that knows only dependencies and looks at all of them every time.
@Suite struct ScheduleTests {
  /// What ``Schedule`` must say, without counters.
  struct Model {
    var states: [Schedule.State]
    let dependencies: [[BranchID]]

    init(_ plan: Plan, selected: [BranchID]) {
      dependencies = plan.branches.indices.map(plan.allDependencies(of:))
      states = plan.branches.indices.map { selected.contains($0) ? .waiting : .unselected }
    }

    /// Waiting branches whose needs are all finished.
    var ready: Set<BranchID> {
      Set(
        states.indices.filter { id in
          states[id] == .waiting && dependencies[id].allSatisfy { states[$0] == .finished }
        })
    }

    /// Skips, again and again, every waiting branch that needs one in `lost`.
    mutating func skipReaders(of lost: Set<BranchID>) -> Set<BranchID> {
      var lost = lost
      var skipped: Set<BranchID> = []
      while let next = states.indices.first(where: { id in
        states[id] == .waiting && dependencies[id].contains(where: lost.contains)
      }) {
        states[next] = .skipped
        skipped.insert(next)
        lost.insert(next)
      }
      return skipped
    }

    mutating func reopen(_ sources: [BranchID], for id: BranchID) -> Set<BranchID> {
      for source in sources where states[source] == .finished { states[source] = .waiting }
      states[id] = .waiting
      return skipReaders(
        of: Set(states.indices.filter { states[$0] == .failed || states[$0] == .skipped }))
    }
  }

  private static func plan(_ generator: inout SeededGenerator) throws -> Plan {
    let graph = IntegerGraph.random(using: &generator)
    return try TestProject("/nowhere").plan(graph.manifest)
  }

  private func agree(_ schedule: Schedule, _ model: Model, _ comment: Comment) {
    let seen = schedule.states.map { $0 == .ready ? .waiting : $0 }
    #expect(seen == model.states, comment)
  }

  @Test("Every branch is taken once, after what it needs", arguments: 0..<100 as Range<UInt64>)
  func finishesAll(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let plan = try Self.plan(&generator)
    let target = try #require(plan.branches.indices.randomElement(using: &generator))
    let selected =
      generator.oneIn(2) ? Array(plan.branches.indices) : plan.upstream(of: [target])
    var schedule = Schedule(plan: plan, selected: selected)
    var model = Model(plan, selected: selected)
    var taken: [BranchID] = []
    var order: [BranchID] = []
    while true {
      let ready = schedule.takeReady()
      #expect(Set(ready) == model.ready && Set(ready).count == ready.count, "seed \(seed)")
      for id in ready { model.states[id] = .taken }
      taken += ready
      taken.shuffle(using: &generator)
      guard let id = taken.popLast() else { break }
      order.append(id)
      schedule.finish(id)
      model.states[id] = .finished
      agree(schedule, model, "seed \(seed)")
    }
    #expect(order.sorted() == selected)
  }

  @Test("Failing and running again, in any order", arguments: 0..<300 as Range<UInt64>)
  func failsAndReopens(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let plan = try Self.plan(&generator)
    let all = Array(plan.branches.indices)
    var schedule = Schedule(plan: plan, selected: all)
    var model = Model(plan, selected: all)
    var taken: [BranchID] = []
    var reopenings = 0
    while true {
      let ready = schedule.takeReady()
      #expect(Set(ready) == model.ready && Set(ready).count == ready.count, "seed \(seed)")
      for id in ready { model.states[id] = .taken }
      taken += ready
      taken.shuffle(using: &generator)
      guard let id = taken.popLast() else { break }
      let lost: [BranchID]
      let expected: Set<BranchID>
      switch Int.random(in: 0..<10, using: &generator) {
      case 0:
        lost = schedule.fail(id)
        model.states[id] = .failed
        expected = model.skipReaders(of: [id])
      case 1...3 where reopenings < 20:
        reopenings += 1
        let sources = model.dependencies[id].filter { _ in generator.oneIn(2) }
        lost = schedule.reopen(sources, for: id)
        expected = model.reopen(sources, for: id)
      default:
        schedule.finish(id)
        model.states[id] = .finished
        (lost, expected) = ([], [])
      }
      #expect(Set(lost) == expected && expected.count == lost.count, "seed \(seed)")
      agree(schedule, model, "seed \(seed)")
    }
    #expect(
      schedule.states.allSatisfy { [.finished, .failed, .skipped].contains($0) }, "seed \(seed)")
  }

  @Test("A source that runs again waits for its own source, when that runs again too")
  func reopensChain() throws {
    let plan = try TestProject("/nowhere").plan(
      """
      "a": { "kind": "leaf" }, "b": { "kind": "one", "inputs": { "a": "a" } },
      "c": { "kind": "one", "inputs": { "a": "b" } }, "d": { "kind": "one", "inputs": { "a": "a" } }
      """)
    var schedule = Schedule(plan: plan, selected: [0, 1, 2, 3])
    #expect(schedule.takeReady() == [0])
    schedule.finish(0)
    #expect(Set(schedule.takeReady()) == [1, 3])
    schedule.finish(1)
    #expect(schedule.takeReady() == [2])
    #expect(schedule.reopen([0], for: 3).isEmpty)
    #expect(schedule.reopen([1], for: 2).isEmpty)
    #expect(schedule.takeReady() == [0], "not b, whose input is being made again")
    schedule.finish(0)
    #expect(Set(schedule.takeReady()) == [1, 3])
    schedule.finish(1)
    #expect(schedule.takeReady() == [2])
  }
}
