package import ArtifactCache
package import PipelineManifest

/// What a run would do now, branch by branch, without doing any of it.
package struct Assessment: Sendable {
  package enum Status: Sendable {
    case upToDate
    case wouldRun(RunReason)
    /// Downstream of something that would run, so early cutoff may spare it.
    case mayRun
    /// It cannot run as things are.
    case blocked(BranchFailure)
  }

  /// By branch; nil where the branch was not asked about.
  package private(set) var statuses: [Status?]
  /// The valid result of each branch that is up to date.
  package private(set) var records: [RecordSummary?]

  /// Looks up every branch in `selected` and whatever it needs; nil: all branches.
  package init(
    of project: Project, environment: [String: String], selected: [BranchID]? = nil,
    forced: [BranchID] = []
  ) throws {
    let plan = project.plan
    let branches = selected.map { plan.upstream(of: $0) } ?? Array(plan.branches.indices)
    var schedule = Schedule(plan: plan, selected: branches)
    var results = [[StoredOutput]?](repeating: nil, count: plan.branches.count)
    statuses = [Status?](repeating: nil, count: plan.branches.count)
    records = [RecordSummary?](repeating: nil, count: plan.branches.count)
    var lookup = try ResultLookup(
      project: project, programs: Programs(environment: environment, files: project.files),
      forced: Set(forced))
    while case let ready = schedule.takeReady(), !ready.isEmpty {
      for (id, answer) in try lookup.look(up: ready, results: results) {
        switch answer {
        case .hit(let record):
          results[id] = record.outputs
          records[id] = record
          statuses[id] = .upToDate
          schedule.finish(id)
          continue
        case .miss(let work, let miss):
          statuses[id] = .wouldRun(try lookup.reason(for: work, miss))
        case .failure(let failure):
          statuses[id] = .blocked(failure)
        case .damagedInput(let object, let makers):
          for maker in makers {
            let output = results[maker]?.first { $0.objects.contains { $0.digest == object } }
            statuses[maker] = .wouldRun(.outputsLost(output: output?.name ?? ""))
            records[maker] = nil
            for reader in schedule.fail(maker) { statuses[reader] = .mayRun }
          }
          statuses[id] = .mayRun
        }
        for reader in schedule.fail(id) { statuses[reader] = .mayRun }
      }
    }
  }
}
