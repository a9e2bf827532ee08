import PipelineEngine
import PipelineManifest
import StageInterface

/// A verification as JSON objects, one a line, on standard output; `docs/events.md` lists them.
struct VerificationJSON: VerificationReporter {
  let plan: Plan

  func end() {}

  var report: @Sendable (VerificationEvent) -> Void { { self.print($0) } }

  private func print(_ event: VerificationEvent) {
    switch event {
    case .started(let branches, let candidates, let jobs, let seed):
      var members = Self.counts([
        "branches": branches, "candidates": candidates, "jobs": jobs,
      ])
      if let seed { members["seed"] = .string(String(seed)) }
      JSONLines.print("verify-started", members)
    case .running(let id): write("verifying", of: id)
    case .progress(let id, let completed, let total, let unit):
      let counts = Self.counts(["completed": completed, "total": total])
      write("progress", of: id, counts.merging(["unit": .string(unit)]) { $1 })
    case .same(let id, let seconds): write("same", of: id, ["seconds": .number(seconds)])
    case .different(let id, let difference, let seconds):
      write(
        "different", of: id, difference.members.merging(["seconds": .number(seconds)]) { $1 })
    case .failed(let id, let failure): write("failed", of: id, failure.members)
    case .unverified(let id, let obstacle):
      write("unverified", of: id, ["reason": .string(obstacle.rawValue)])
    case .finished(let totals): JSONLines.print("verify-finished", Self.members(of: totals))
    }
  }

  private func write(
    _ event: String, of id: BranchID, _ members: [String: ParameterValue] = [:]
  ) {
    JSONLines.print(event, members.merging(["branch": .string(plan.name(of: id))]) { $1 })
  }

  private static func counts(_ counts: [String: Int]) -> [String: ParameterValue] {
    counts.mapValues { .integer(Int64($0)) }
  }

  private static func members(of totals: VerificationTotals) -> [String: ParameterValue] {
    var members = counts([
      "same": totals.same, "different": totals.different, "failed": totals.failed,
      "unverified": totals.unverified, "unreached": totals.unreached,
    ])
    members["seconds"] = .number(totals.seconds)
    members["interrupted"] = .boolean(totals.wasInterrupted)
    return members
  }
}

extension OutputDifference {
  fileprivate var members: [String: ParameterValue] {
    var members: [String: ParameterValue] = ["artifact": .string(output)]
    if let path { members["path"] = .string(path) }
    switch kind {
    case .content(let offset):
      members["difference"] = .string("content")
      members["offset"] = .integer(Int64(offset))
    case .missing: members["difference"] = .string("missing")
    case .new: members["difference"] = .string("new")
    case .form: members["difference"] = .string("form")
    }
    return members
  }
}
