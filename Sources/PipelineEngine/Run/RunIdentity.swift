import ArtifactCache
import Foundation

/// What names a run in records and journals: when it began, and a number that makes it unique.
struct RunIdentity: Sendable {
  let started = Date().timeIntervalSince1970
  let text: String

  init() {
    let date = Date(timeIntervalSince1970: started)
    let moment = date.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
    text = moment + "-" + String(UInt32.random(in: 0...(.max)), radix: 36)
  }

  /// What the project's history says of this run while it is going on.
  var beginning: RunSummary {
    RunSummary(
      id: text, started: started, finished: 0, executed: 0, hits: 0, failed: 0, skipped: 0)
  }

  /// The line of the project's history for this run.
  func summary(_ totals: RunTotals) -> RunSummary {
    RunSummary(
      id: text, started: started, finished: started + totals.seconds, executed: totals.executed,
      hits: totals.hits, failed: totals.failed, skipped: totals.skipped)
  }
}
