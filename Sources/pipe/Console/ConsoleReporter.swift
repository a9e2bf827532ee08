import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest
import Synchronization

/// A run for people: a line for each branch that ran and, on a terminal, a live line below them.
final class ConsoleReporter: Reporter {
  private struct State {
    var plan: Plan?
    var progress = RunProgress()
    var live = LiveLine()
  }

  private let isLive: Bool
  private let state = Mutex(State())

  init(isLive: Bool) {
    self.isLive = isLive
  }

  func begin(plan: Plan) {
    state.withLock { state in
      state.plan = plan
      if isLive { state.live.begin { [weak self] in self?.refresh() } }
    }
  }

  func end() {
    guard isLive else { return }
    state.withLock { state in
      state.live.end()
      state.plan = nil
    }
  }

  var report: @Sendable (RunEvent) -> Void {
    { event in self.state.withLock { self.show(event, &$0) } }
  }

  var notice: @Sendable (CacheNotice) -> Void {
    { notice in self.state.withLock { Self.showNotice(notice, &$0) } }
  }

  private func refresh() {
    state.withLock { state in
      guard let plan = state.plan else { return }
      state.live.show(state.progress.liveLine(plan: plan, width: Terminal.width - 1))
    }
  }

  private static func showNotice(_ notice: CacheNotice, _ state: inout State) {
    state.live.clear()
    Notices.print(notice)
  }

  private func show(_ event: RunEvent, _ state: inout State) {
    state.progress.note(event)
    guard let plan = state.plan else { return }
    let lines = Self.lines(for: event, plan: plan, progress: state.progress)
    guard !lines.isEmpty else { return }
    state.live.clear()
    for line in lines { Terminal.printError(line) }
  }

  /// What an event leaves on the screen; most hits and all progress leave nothing.
  private static func lines(
    for event: RunEvent, plan: Plan, progress: RunProgress
  ) -> [String] {
    switch event {
    case .executed(let id, let seconds, let isUnchanged):
      let note = isUnchanged ? "  (same result)" : ""
      return [
        "\(progress.counter) \(plan.name(of: id))  \(Quantities.duration(seconds))\(note)"
      ]
    case .waiting(let id): return ["waiting for another run of \(plan.name(of: id))"]
    case .retrying(let id, let attempt, let failure):
      let text = "\(plan.name(of: id)): \(failure.cause); attempt \(attempt) follows"
      return [ErrorText.headline("warning", text)]
    case .failed(let id, let failure):
      return [ErrorText.text(of: failure, branch: plan.name(of: id))]
    case .damagedInput(let id, let makers):
      let names = makers.map { plan.name(of: $0) }.joined(separator: ", ")
      let text =
        makers.isEmpty
        ? "an output of \(plan.name(of: id)) was damaged; it is made again"
        : "an input of \(plan.name(of: id)) was damaged; \(names) runs again"
      return [ErrorText.headline("warning", text)]
    case .displaced(let path, let destination):
      let text =
        "'\(path)' had been edited or put there by somebody else; it is kept as '\(destination)'"
      return [ErrorText.headline("warning", Terminal.plain(text))]
    case .removed(let paths):
      return paths.map { "removed '\(Terminal.plain($0))', which no stage declares any longer" }
    case .finished(let totals):
      let failed = progress.failed.map { plan.name(of: $0) }
      let names = failed.prefix(10).joined(separator: ", ") + (failed.count > 10 ? ", …" : "")
      return (failed.count > 1 ? ["failed: \(names)"] : []) + [progress.closingLine(totals)]
    case .started, .hit, .running, .progress, .skipped, .restored: return []
    }
  }
}
