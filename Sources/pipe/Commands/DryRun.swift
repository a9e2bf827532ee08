import Foundation
import PipelineEngine
import PipelineManifest
import StageInterface

/// `pipe run --dry-run`: the branches that would run, with their reasons, in the order of the plan.
struct DryRun {
  let targets: [String]
  let json: Bool
  let isForced: Bool
  let project: ProjectOptions

  func print() throws {
    let opened = try project.open(isReadOnly: true)
    let plan = opened.plan
    let selected = try Targets.branches(targets, in: plan)
    let forced = isForced ? selected ?? Array(plan.branches.indices) : []
    let assessment = try Assessment(
      of: opened, environment: ProcessInfo.processInfo.environment, selected: selected,
      forced: forced)
    var counts = (upToDate: 0, wouldRun: 0, mayRun: 0)
    for (id, status) in assessment.statuses.enumerated() {
      switch status {
      case nil: continue
      case .upToDate?: counts.upToDate += 1
      case .wouldRun(let reason)?:
        counts.wouldRun += 1
        show("would-run", plan.name(of: id), reason.word, ReasonText.short(reason))
      case .blocked(let failure)?:
        counts.wouldRun += 1
        show("would-fail", plan.name(of: id), "blocked", failure.cause)
      case .mayRun?:
        counts.mayRun += 1
        show("may-run", plan.name(of: id), "upstream", "after something that would run")
      }
    }
    close(counts)
  }

  private func close(_ counts: (upToDate: Int, wouldRun: Int, mayRun: Int)) {
    guard json else {
      Terminal.print(
        "\(counts.wouldRun) would run, \(counts.mayRun) may run, \(counts.upToDate) up to date")
      return
    }
    JSONLines.print(
      "dry-run-finished",
      [
        "wouldRun": .integer(Int64(counts.wouldRun)), "mayRun": .integer(Int64(counts.mayRun)),
        "upToDate": .integer(Int64(counts.upToDate)),
      ])
  }

  private func show(_ event: String, _ branch: String, _ word: String, _ text: String) {
    if json {
      JSONLines.print(event, ["branch": .string(branch), "reason": .string(word)])
    } else {
      let words = event.replacingOccurrences(of: "-", with: " ")
      Terminal.print("\(words)  \(branch)  (\(Terminal.plain(text)))")
    }
  }
}
