import ArtifactCache
import PipelineManifest

/// Decides for a branch whose inputs are known whether a valid result exists.
///
/// Used by runs and by `status` alike, so that both always agree.
struct ResultLookup {
  enum Answer {
    case hit(RecordSummary)
    case miss(BranchWork, Miss)
    /// The branch cannot even be looked up: a file is missing, a program is not installed.
    case failure(BranchFailure)
    /// A folder listing among the inputs, this object, is damaged; these branches made it.
    case damagedInput(Digest, madeBy: [BranchID])
  }

  /// What the store says of a key that has no valid result.
  enum Miss: Equatable {
    case noRecord
    case outputsLost(output: String)
    case invalidated(at: Double)
    case forced
  }

  private let project: Project
  private let keys: KeyBuilder
  private var resolver: InputResolver
  private let invalidations: [String: Double]
  private let forced: Set<BranchID>
  private let latest: LatestRecords

  init(
    project: Project, programs: Programs, forced: Set<BranchID> = [],
    latest: LatestRecords? = nil
  ) throws {
    self.project = project
    keys = KeyBuilder(plan: project.plan, programs: programs)
    resolver = InputResolver(project: project)
    invalidations = try project.state.invalidations()
    self.forced = forced
    self.latest = latest ?? LatestRecords(of: project)
  }

  mutating func forget(_ branches: [BranchID]) {
    for branch in branches { resolver.forget(branch) }
  }

  /// Branches of which all is kept, about 1 MB.
  private static let mostKept = 500

  /// One answer for each of `branches`, or for the first of them once the task is cancelled, with a single
  /// query of the index.
  ///
  /// Of most branches only the key is kept until the index has answered, since what else is known of ten
  /// thousand would fill the memory. For a miss it is put together again.
  mutating func look(
    up branches: [BranchID], results: [[StoredOutput]?]
  ) throws(CacheError) -> [(BranchID, Answer)] {
    var answers: [(BranchID, Answer)] = []
    answers.reserveCapacity(branches.count)
    var asked: [BranchID] = []
    var kept: [BranchWork] = []
    var lookups: [Cache.Lookup] = []
    resolver.readAhead(for: branches.lazy.map { [plan = project.plan] in plan.branches[$0] })
    for id in branches where !Task.isCancelled {
      switch prepare(id, results) {
      case .success(let work):
        asked.append(id)
        if kept.count < Self.mostKept { kept.append(work) }
        lookups.append(lookup(work))
      case .failure(let obstacle): answers.append((id, obstacle.answer))
      }
    }
    for (index, record) in try project.cache.summaries(for: lookups).enumerated() {
      let id = asked[index]
      if let record, !forced.contains(id), lostOutput(of: record) == nil {
        answers.append((id, .hit(record)))
        continue
      }
      switch index < kept.count ? .success(kept[index]) : prepare(id, results) {
      case .success(let work):
        switch try finding(work, record) {
        case .hit(let record): answers.append((id, .hit(record)))
        case .miss(let miss): answers.append((id, .miss(work, miss)))
        }
      case .failure(let obstacle): answers.append((id, obstacle.answer))
      }
    }
    return answers
  }

  /// The work of a branch, whatever results exist for it; nil where its inputs cannot be resolved.
  mutating func work(of id: BranchID, results: [[StoredOutput]?]) -> BranchWork? {
    try? prepare(id, results).get()
  }

  /// What the store says of a key.
  enum Finding {
    case hit(RecordSummary)
    case miss(Miss)
  }

  /// Looks again, after the key's lock was taken: another run may have committed meanwhile.
  func lookAgain(_ work: BranchWork) throws(CacheError) -> Finding {
    try finding(work, project.cache.summaries(for: [lookup(work)]).first ?? nil)
  }

  /// Why `work` must run, told from the latest record of the same branch.
  func reason(for work: BranchWork, _ miss: Miss) throws(CacheError) -> RunReason {
    switch miss {
    case .outputsLost(let output): .outputsLost(output: output)
    case .invalidated(let time): .invalidated(at: time)
    case .forced: .forced
    case .noRecord: .reason(for: work.preimage, after: try latest.record(of: work.name))
    }
  }

  private func lookup(_ work: BranchWork) -> Cache.Lookup {
    Cache.Lookup(work.key, notBefore: invalidations[work.name])
  }

  private struct Obstacle: Error {
    let answer: Answer
  }

  private mutating func prepare(
    _ id: BranchID, _ results: [[StoredOutput]?]
  ) -> Result<BranchWork, Obstacle> {
    let branch = project.plan.branches[id]
    do {
      let inputs = try resolver.resolve(branch, results: results)
      let programs = try keys.programs(of: branch)
      let preimage = keys.preimage(of: branch, inputs: inputs, programs: programs)
      return .success(
        BranchWork(
          branch: branch, stage: project.plan.stages[branch.stage],
          name: project.plan.name(of: id), key: Digest.of(preimage.encoded), preimage: preimage,
          inputs: inputs, programs: programs))
    } catch let failure as BranchFailure {
      return .failure(Obstacle(answer: .failure(failure)))
    } catch let error as CacheError {
      let makers = project.plan.makers(of: error.damagedObject, for: id, results: results)
      guard let object = error.damagedObject, !makers.isEmpty else {
        return .failure(Obstacle(answer: .failure(BranchFailure(cause: "\(error)"))))
      }
      return .failure(Obstacle(answer: .damagedInput(object, madeBy: makers)))
    } catch {
      return .failure(Obstacle(answer: .failure(BranchFailure(cause: "\(error)"))))
    }
  }

  private func finding(
    _ work: BranchWork, _ found: RecordSummary?
  ) throws(CacheError) -> Finding {
    if forced.contains(work.branch.id) { return .miss(.forced) }
    guard let record = found else {
      guard let time = invalidations[work.name],
        try project.cache.record(for: work.key) != nil
      else { return .miss(.noRecord) }
      return .miss(.invalidated(at: time))
    }
    return lostOutput(of: record).map { .miss(.outputsLost(output: $0)) } ?? .hit(record)
  }

  /// The name of the first output that is no longer in the store.
  private func lostOutput(of record: RecordSummary) -> String? {
    record.outputs.first { !$0.objects.allSatisfy(project.cache.objects.isPresent) }?.name
  }
}

extension CacheError {
  /// The object that is damaged or gone, when that is what the error says.
  var damagedObject: Digest? {
    switch self {
    case .corrupt(let digest, _, _), .missing(let digest): digest
    default: nil
    }
  }
}

extension Plan {
  /// The branches before `id` whose results hold `object`.
  func makers(of object: Digest?, for id: BranchID, results: [[StoredOutput]?]) -> [BranchID] {
    guard let object else { return [] }
    return allDependencies(of: id).filter { source in
      results[source]?.contains { $0.objects.contains { $0.digest == object } } == true
    }
  }
}
