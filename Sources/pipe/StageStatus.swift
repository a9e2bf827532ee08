import ArtifactCache
import PipelineEngine
import PipelineManifest
import StageInterface
import Workspaces

/// The branches of one stage, counted by what a run would do with them.
struct StageStatus {
  let name: String
  let kind: String
  private(set) var branches = 0
  private(set) var upToDate = 0
  private(set) var wouldRun = 0
  private(set) var mayRun = 0
  /// Branches by the word of their reason.
  private(set) var reasons: [String: Int] = [:]
  /// Branches that cannot run as things are.
  private(set) var blocked: [(branch: String, failure: BranchFailure)] = []
  /// Branches without a valid result that failed when they last ran.
  private(set) var failed: [String] = []
  /// The reason of the first branch that would run, in words.
  private var firstReason: String?

  /// Every stage that `assessment` looked at, in the order of the file.
  static func stages(of project: Project, _ assessment: Assessment) -> [StageStatus] {
    let plan = project.plan
    let hasFailed = project.failures.whetherFailed()
    return plan.stages.compactMap { stage in
      var status = StageStatus(name: stage.name, kind: stage.kind)
      for id in stage.branches {
        guard let branch = assessment.statuses[id] else { continue }
        let name = plan.name(of: id)
        status.count(branch, name)
        if assessment.records[id] == nil, hasFailed(name) { status.failed.append(name) }
      }
      return status.branches > 0 ? status : nil
    }
  }

  /// The stages of a look that found everything up to date.
  static func stages(of look: LookMemo) -> [StageStatus] {
    look.stages.compactMap { stage in
      var status = StageStatus(name: stage.name, kind: stage.kind)
      status.branches = stage.branches
      status.upToDate = stage.branches
      return status.branches > 0 ? status : nil
    }
  }

  private init(name: String, kind: String) {
    self.name = name
    self.kind = kind
  }

  private mutating func count(_ status: Assessment.Status, _ branch: String) {
    branches += 1
    switch status {
    case .upToDate: upToDate += 1
    case .mayRun: mayRun += 1
    case .wouldRun(let reason):
      wouldRun += 1
      reasons[reason.word, default: 0] += 1
      firstReason = firstReason ?? ReasonText.short(reason)
    case .blocked(let failure):
      wouldRun += 1
      reasons["blocked", default: 0] += 1
      firstReason = firstReason ?? "cannot run: see below"
      blocked.append((branch, failure))
    }
  }

  /// The commonest reasons in words; the detail where there is only one.
  var why: String {
    if reasons.count == 1, let firstReason { return firstReason }
    return reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  var json: ParameterValue {
    .object([
      "name": .string(name), "kind": .string(kind), "branches": .integer(Int64(branches)),
      "upToDate": .integer(Int64(upToDate)), "wouldRun": .integer(Int64(wouldRun)),
      "mayRun": .integer(Int64(mayRun)), "failed": .integer(Int64(failed.count)),
      "reasons": .object(reasons.mapValues { .integer(Int64($0)) }),
    ])
  }
}
