package import PipelineManifest

/// Which branches wait, are ready, or are settled.
///
/// Time and memory are linear in branches and edges: a branch counts the branches and the collections
/// it waits for, and a collection counts its own branches once for all that read it.
package struct Schedule {
  package enum State: Sendable {
    /// Not part of this run.
    case unselected
    case waiting
    case ready
    /// Taken by the caller and not yet settled.
    case taken
    case finished
    case failed
    case skipped
  }

  private let plan: Plan
  package private(set) var states: [State]
  /// Branches and collections that a branch still waits for.
  private var missing: [Int]
  /// Branches that a collection still waits for.
  private var missingOfCollection: [Int]
  private let readers: [[BranchID]]
  private let readersOfCollection: [[BranchID]]
  private let collectionsOf: [[CollectionID]]
  private var ready: [BranchID] = []

  package init(plan: Plan, selected: [BranchID]) {
    self.plan = plan
    var states = [State](repeating: .unselected, count: plan.branches.count)
    var readers = [[BranchID]](repeating: [], count: plan.branches.count)
    var readersOfCollection = [[BranchID]](repeating: [], count: plan.collections.count)
    for id in selected {
      states[id] = .waiting
      for source in plan.branches[id].dependencies { readers[source].append(id) }
      for collection in plan.branches[id].collections {
        readersOfCollection[collection].append(id)
      }
    }
    var collectionsOf = [[CollectionID]](repeating: [], count: plan.branches.count)
    for (id, collection) in plan.collections.enumerated() where !readersOfCollection[id].isEmpty {
      for branch in collection.branches { collectionsOf[branch].append(id) }
    }
    self.states = states
    self.readers = readers
    self.readersOfCollection = readersOfCollection
    self.collectionsOf = collectionsOf
    missing = [Int](repeating: 0, count: plan.branches.count)
    missingOfCollection = plan.collections.map(\.branches.count)
    for id in selected { recount(id) }
  }

  /// Whether a branch could be taken now.
  var hasReady: Bool { ready.contains { states[$0] == .ready } }

  /// Takes every ready branch; each must then be finished, failed, skipped or put back.
  package mutating func takeReady() -> [BranchID] {
    let taken = ready.filter { states[$0] == .ready }
    ready = []
    for id in taken { states[id] = .taken }
    return taken
  }

  package mutating func finish(_ id: BranchID) {
    guard states[id] != .finished else { return }
    states[id] = .finished
    for reader in readers[id] { satisfyOne(of: reader) }
    for collection in collectionsOf[id] {
      missingOfCollection[collection] -= 1
      guard missingOfCollection[collection] == 0 else { continue }
      for reader in readersOfCollection[collection] { satisfyOne(of: reader) }
    }
  }

  /// Marks `id` as failed; returns the branches that can no longer run, now skipped.
  package mutating func fail(_ id: BranchID) -> [BranchID] {
    states[id] = .failed
    return skipReaders(of: id)
  }

  package mutating func skip(_ id: BranchID) { states[id] = .skipped }

  /// Lets finished `sources` run again, and the taken branch `id` wait for them once more.
  ///
  /// A source waits in its turn when what it needs is being made again. Returns the branches that can
  /// no longer run, now skipped: what they need has failed meanwhile.
  package mutating func reopen(_ sources: [BranchID], for id: BranchID) -> [BranchID] {
    let reopened = sources.filter { states[$0] == .finished }
    for source in reopened {
      states[source] = .waiting
      for collection in collectionsOf[source] { missingOfCollection[collection] += 1 }
    }
    states[id] = .waiting
    for branch in reopened + [id] { recount(branch) }
    for source in reopened {
      for reader in directReaders(of: source) where isOpen(reader) {
        states[reader] = .waiting
        recount(reader)
      }
    }
    var lost: [BranchID] = []
    for branch in reopened + [id] where isOpen(branch) && needsLost(branch) {
      states[branch] = .skipped
      lost += [branch] + skipReaders(of: branch)
    }
    return lost
  }

  private func isOpen(_ id: BranchID) -> Bool { states[id] == .waiting || states[id] == .ready }

  private func needsLost(_ id: BranchID) -> Bool {
    plan.allDependencies(of: id).contains { states[$0] == .failed || states[$0] == .skipped }
  }

  private func directReaders(of id: BranchID) -> [BranchID] {
    readers[id] + collectionsOf[id].flatMap { readersOfCollection[$0] }
  }

  private mutating func skipReaders(of id: BranchID) -> [BranchID] {
    var lost: [BranchID] = []
    var open = [id]
    while let next = open.popLast() {
      for reader in directReaders(of: next) where isOpen(reader) {
        states[reader] = .skipped
        lost.append(reader)
        open.append(reader)
      }
    }
    return lost
  }

  private mutating func satisfyOne(of reader: BranchID) {
    guard states[reader] == .waiting else { return }
    missing[reader] -= 1
    if missing[reader] == 0 { makeReady(reader) }
  }

  private mutating func recount(_ id: BranchID) {
    let branch = plan.branches[id]
    missing[id] =
      branch.dependencies.count { states[$0] != .finished }
      + branch.collections.count { missingOfCollection[$0] > 0 }
    if missing[id] == 0 { makeReady(id) }
  }

  private mutating func makeReady(_ id: BranchID) {
    states[id] = .ready
    ready.append(id)
  }
}
