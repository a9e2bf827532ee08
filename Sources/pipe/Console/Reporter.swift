import ArtifactCache
import PipelineEngine
import PipelineManifest

/// Shows a run's events to somebody; events come from any thread.
protocol Reporter: Sendable {
  /// The plan that later events speak of.
  func begin(plan: Plan)
  var report: @Sendable (RunEvent) -> Void { get }
  var notice: @Sendable (CacheNotice) -> Void { get }
  /// Leaves the terminal as it was.
  func end()
}

extension Reporter {
  /// A run that found in `seconds` that it has nothing to do, without looking at the plan.
  func reportNothingToDo(_ look: LookMemo, seconds: Double) {
    begin(plan: Plan(stages: [], branches: [], collections: []))
    var totals = RunTotals(seconds: seconds)
    totals.hits = look.stages.reduce(0) { $0 + $1.branches }
    report(.started(branches: totals.hits, jobs: 1))
    report(.finished(totals))
    end()
  }
}

enum Reporters {
  static func make(json: Bool) -> any Reporter {
    json ? JSONReporter() : ConsoleReporter(isLive: Terminal.errorsAreTerminal)
  }
}
