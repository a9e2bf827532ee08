import Foundation
import PipelineEngine
import PipelineManifest

/// How far a run is, in counts, rate and expected end.
struct RunProgress {
  private var branches = 0
  private var settled = 0
  private var executedSeconds: [Double] = []
  private var running: [BranchID: String] = [:]
  private(set) var failed: [BranchID] = []
  private let clock = ContinuousClock()
  private var firstStart: ContinuousClock.Instant?

  mutating func note(_ event: RunEvent) {
    switch event {
    case .started(let branches, _): self.branches = branches
    case .hit, .skipped: settled += 1
    case .running(let id, _):
      firstStart = firstStart ?? clock.now
      running[id] = ""
    case .progress(let id, let completed, let total, let unit):
      if running[id] != nil { running[id] = " \(completed)/\(total) \(unit)" }
    case .executed(let id, let seconds, _):
      settled += 1
      executedSeconds.append(seconds)
      running[id] = nil
    case .failed(let id, _):
      failed.append(id)
      settled += 1
      running[id] = nil
    case .damagedInput(let id, let makers):
      running[id] = nil
      settled -= makers.count
    case .waiting, .retrying, .restored, .displaced, .removed, .finished: break
    }
  }

  /// Settled and all branches, `[ 12/203]`.
  var counter: String {
    let total = String(branches)
    let done = String(settled)
    return "[" + String(repeating: " ", count: max(0, total.count - done.count))
      + "\(done)/\(total)]"
  }

  /// Counter, rate and time left, and what is running, cut to `width` columns.
  func liveLine(plan: Plan, width: Int) -> String {
    var line = counter
    if let rate, settled < branches {
      line += String(format: " %.1f/s", rate)
      line += " · " + Quantities.duration(Double(branches - settled) / rate) + " left"
    }
    let names = running.keys.sorted().map { plan.name(of: $0) + (running[$0] ?? "") }
    if !names.isEmpty { line += " · " + names.joined(separator: ", ") }
    return line.count <= width ? line : line.prefix(max(0, width - 1)) + "…"
  }

  /// Branches that ran, a second, since the first began; nil before the first has ended.
  private var rate: Double? {
    guard let firstStart, !executedSeconds.isEmpty else { return nil }
    let seconds = (clock.now - firstStart) / .seconds(1)
    return seconds > 0 ? Double(executedSeconds.count) / seconds : nil
  }

  func closingLine(_ summary: RunTotals) -> String {
    let isOn = Terminal.errorsAreTerminal
    var parts = ["\(summary.executed) executed", "\(summary.hits) up to date"]
    if summary.restored > 0 {
      parts.append(Quantities.count(summary.restored, "file", "files") + " restored")
    }
    if summary.failed > 0 { parts.append(Style.red("\(summary.failed) failed", isOn)) }
    if summary.skipped > 0 { parts.append(Style.yellow("\(summary.skipped) not run", isOn)) }
    if summary.wasInterrupted { parts.append(Style.yellow("interrupted", isOn)) }
    let total = Quantities.count(branches, "branch", "branches")
    return "\(total): " + parts.joined(separator: ", ") + " · "
      + Quantities.duration(summary.seconds)
  }
}
