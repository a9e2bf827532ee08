import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest

/// `pipe why`: what a branch's next run is due to, or what its last one was.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Explain why branches would run, or why they last ran.",
    discussion: """
      Compares the keys of results, field by field, with what is there now; of a branch that is up to \
      date, the key of its result with that of the result before it. --history goes through all times \
      that this project ran the branch, as far as 'pipe cache gc' has kept their records.
      """)

  @Argument(help: "Stages or branches.", completion: .custom(Completions.targets))
  var targets: [String]

  @Option(help: "How many branches to explain, at most.")
  var limit = 10

  @Flag(help: "Tell of every time that the branches ran, the latest first.")
  var history = false

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
    let own = try OwnRecords(of: opened)
    for id in asked.prefix(limit) {
      let name = plan.name(of: id)
      let past = { () throws(CacheError) in try BranchHistory(of: name, in: opened.cache, own) }
      if history {
        Self.tell(try past(), of: name, valid: assessment.records[id])
      } else if let record = assessment.records[id] {
        Self.explain(record, of: name, try past())
      } else {
        Self.explain(name, assessment.statuses[id])
      }
    }
    if asked.count > limit { Terminal.print("… and \(asked.count - limit) more (--limit)") }
  }

  /// Why a branch has no valid result.
  private static func explain(_ name: String, _ status: Assessment.Status?) {
    switch status {
    case .wouldRun(let reason)?:
      Terminal.print("\(name) would run:")
      list(ReasonText.details(reason), indent: "  ")
    case .mayRun?:
      Terminal.print("\(name) may run: something before it would run, and may change its inputs")
    case .blocked(let failure)?:
      Terminal.print("\(name) cannot run: \(failure.cause)")
    case .upToDate?, nil: break
    }
  }

  /// Why the valid result of a branch was made.
  private static func explain(_ record: RecordSummary, of name: String, _ history: BranchHistory) {
    let made = "\(name) is up to date; its result was made at \(Quantities.moment(record.started))"
    if record.branch != name {
      Terminal.print("\(made) as '\(record.branch)'")
    } else if let execution = history.execution(of: record) {
      Terminal.print("\(made), because")
      list(ReasonText.past(execution.reason), indent: "  ")
    } else {
      Terminal.print("\(made) by another project that shares the cache")
    }
  }

  /// Prints reasons, which hold names that somebody else chose.
  private static func list(_ reasons: [String], indent: String) {
    for line in reasons { Terminal.print(indent + Terminal.plain(line)) }
  }

  /// Every time that a branch ran, the latest first.
  private static func tell(_ history: BranchHistory, of name: String, valid: RecordSummary?) {
    let count = Quantities.count(history.executions.count, "time", "times")
    Terminal.print("\(name) ran \(count)" + (history.executions.isEmpty ? "" : ":"))
    for execution in history.executions {
      let record = execution.record
      let moment = Quantities.moment(record.started)
      let note = record.summary == valid ? "  (the valid result)" : ""
      Terminal.print("  \(moment)  \(Quantities.duration(record.duration))\(note)")
      list(ReasonText.past(execution.reason), indent: "    ")
    }
  }
}
