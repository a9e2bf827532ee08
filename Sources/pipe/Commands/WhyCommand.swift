import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest

/// `pipe why`: what a branch's next run is due to, or what its last one was.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Explain why branches would run, or why they last ran.",
    discussion: "Compares the keys of results, field by field, with what is there now.")

  @Argument(help: "Stages or branches.", completion: .custom(Completions.targets))
  var targets: [String]

  @Option(help: "How many branches to explain, at most.")
  var limit = 10

  @OptionGroup var project: ProjectOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit takes a number from 1, not \(limit)") }
  }

  func run() throws {
    let opened = try project.open(isReadOnly: true)
    let plan = opened.plan
    let asked = try targets.flatMap { try Targets.branches($0, in: plan) }
    let assessment = try Assessment(
      of: opened, environment: ProcessInfo.processInfo.environment, selected: asked)
    for id in asked.prefix(limit) {
      try explain(plan.name(of: id), assessment.statuses[id], in: opened)
    }
    if asked.count > limit { Terminal.print("… and \(asked.count - limit) more (--limit)") }
  }

  private func explain(
    _ name: String, _ status: Assessment.Status?, in project: Project
  ) throws {
    switch status {
    case .wouldRun(let reason)?:
      Terminal.print("\(name) would run:")
      for line in ReasonText.details(reason) { Terminal.print("  \(line)") }
    case .mayRun?:
      Terminal.print("\(name) may run: something before it would run, and may change its inputs")
    case .blocked(let failure)?:
      Terminal.print("\(name) cannot run: \(failure.cause)")
    case .upToDate?, nil:
      try explainPast(name, in: project)
    }
  }

  private func explainPast(_ name: String, in project: Project) throws {
    let records = try project.cache.history(ofBranch: name, limit: 2)
    guard let latest = records.first else {
      Terminal.print("\(name) is up to date; its result was made under another name")
      return
    }
    let moment = Quantities.moment(latest.started)
    Terminal.print("\(name) is up to date; it last ran at \(moment), because")
    let reason = RunReason.reason(for: latest, after: records.dropFirst().first)
    switch reason {
    case .neverRan: Terminal.print("  it had never run before")
    case .changed(let differences) where differences.isEmpty:
      Terminal.print("  it was invalidated or forced, or its outputs had been lost")
    default: for line in ReasonText.details(reason) { Terminal.print("  \(line)") }
    }
  }
}
