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

enum Reporters {
  static func make(json: Bool) -> any Reporter {
    json ? JSONReporter() : ConsoleReporter(isLive: Terminal.errorsAreTerminal)
  }
}
