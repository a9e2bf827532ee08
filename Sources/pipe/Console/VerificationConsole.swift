import PipelineEngine
import PipelineManifest
import Synchronization

/// Shows a verification's events to somebody; events come from any thread.
protocol VerificationReporter: Sendable {
  var report: @Sendable (VerificationEvent) -> Void { get }
  /// Leaves the terminal as it was.
  func end()
}

/// A verification for people: a line for each branch and, on a terminal, a live line below them.
final class VerificationConsole: VerificationReporter {
  private struct State {
    var progress = RunProgress()
    var live = LiveLine()
  }

  private let plan: Plan
  private let state = Mutex(State())

  init(plan: Plan) {
    self.plan = plan
    guard Terminal.errorsAreTerminal else { return }
    state.withLock { state in state.live.begin { [weak self] in self?.refresh() } }
  }

  func end() { state.withLock { $0.live.end() } }

  var report: @Sendable (VerificationEvent) -> Void {
    { event in self.state.withLock { self.show(event, &$0) } }
  }

  private func refresh() {
    state.withLock { state in
      state.live.show(state.progress.liveLine(plan: plan, width: Terminal.width - 1))
    }
  }

  private func show(_ event: VerificationEvent, _ state: inout State) {
    if let event = event.asInRun { state.progress.note(event) }
    let lines = lines(for: event, state.progress)
    guard !lines.isEmpty else { return }
    state.live.clear()
    for line in lines { Terminal.printError(line) }
  }

  private func lines(for event: VerificationEvent, _ progress: RunProgress) -> [String] {
    switch event {
    case .started(let branches, let candidates, _, let seed?):
      return ["\(branches) of \(candidates) branches, chosen with --seed \(seed)"]
    case .same(let id, let seconds):
      return ["\(progress.counter) \(plan.name(of: id))  the same  \(Quantities.duration(seconds))"]
    case .different(let id, let difference, _):
      let word = Style.red("differs", Terminal.errorsAreTerminal)
      return ["\(progress.counter) \(plan.name(of: id))  \(word): \(difference.text)"]
    case .failed(let id, let failure):
      return [ErrorText.text(of: failure, branch: plan.name(of: id))]
    case .unverified(let id, let obstacle):
      return ["not verified  \(plan.name(of: id))  (\(obstacle.text))"]
    case .finished(let totals): return [totals.closingLine]
    case .started, .running, .progress: return []
    }
  }
}

extension VerificationEvent {
  /// What counts as the same in a run, for the live line.
  fileprivate var asInRun: RunEvent? {
    switch self {
    case .started(let branches, _, let jobs, _): .started(branches: branches, jobs: jobs)
    case .running(let id): .running(id, .forced)
    case .progress(let id, let completed, let total, let unit):
      .progress(id, completed: completed, total: total, unit: unit)
    case .same(let id, let seconds): .executed(id, seconds: seconds, isUnchanged: true)
    case .different(let id, _, let seconds): .executed(id, seconds: seconds, isUnchanged: false)
    case .failed(let id, let failure): .failed(id, failure)
    case .unverified, .finished: nil
    }
  }
}

extension VerificationEvent.Obstacle {
  fileprivate var text: String {
    switch self {
    case .noResult: "it has no valid result"
    case .inProject: "it works in the project itself"
    }
  }
}

extension OutputDifference {
  fileprivate var text: String {
    let place = "output '\(output)'" + (path.map { ", '\(Terminal.plain($0))'" } ?? "")
    return switch kind {
    case .content(let offset): "\(place), from byte \(offset) on"
    case .missing: "\(place), which was not made again"
    case .new: "\(place), which the stored result has not"
    case .form: "\(place), which is now another kind of file"
    }
  }
}

extension VerificationTotals {
  fileprivate var closingLine: String {
    let isOn = Terminal.errorsAreTerminal
    let verified = Quantities.count(same + different + failed, "branch", "branches")
    var parts = ["\(same) the same"]
    if different > 0 { parts.append(Style.red("\(different) different", isOn)) }
    if failed > 0 { parts.append(Style.red("\(failed) failed", isOn)) }
    if unverified > 0 { parts.append(Style.yellow("\(unverified) not verified", isOn)) }
    if wasInterrupted { parts.append(Style.yellow("interrupted", isOn)) }
    return "\(verified): " + parts.joined(separator: ", ") + " · " + Quantities.duration(seconds)
  }
}
