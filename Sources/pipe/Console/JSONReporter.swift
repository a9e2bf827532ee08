import ArtifactCache
import PipelineEngine
import PipelineManifest
import StageInterface
import Synchronization

/// Events as JSON objects, one a line, on standard output; `docs/events.md` lists them.
final class JSONReporter: Reporter {
  private let plan = Mutex<Plan?>(nil)

  func begin(plan: Plan) { self.plan.withLock { $0 = plan } }

  func end() {}

  var report: @Sendable (RunEvent) -> Void { { self.print($0) } }

  var notice: @Sendable (CacheNotice) -> Void {
    { self.write("notice", ["text": .string($0.description)]) }
  }

  private func print(_ event: RunEvent) {
    switch event {
    case .started(let branches, let jobs):
      write("run-started", ["branches": .integer(Int64(branches)), "jobs": .integer(Int64(jobs))])
    case .hit(let id): write("hit", of: id)
    case .running(let id, let reason):
      write("running", of: id, ["reason": .string(reason.word)])
    case .waiting(let id): write("waiting", of: id)
    case .progress(let id, let completed, let total, let unit):
      write(
        "progress", of: id,
        [
          "completed": .integer(Int64(completed)), "total": .integer(Int64(total)),
          "unit": .string(unit),
        ])
    case .executed(let id, let seconds, let isUnchanged):
      write(
        "executed", of: id, ["seconds": .number(seconds), "unchanged": .boolean(isUnchanged)])
    case .retrying(let id, let attempt, let failure):
      write(
        "retrying", of: id,
        ["attempt": .integer(Int64(attempt)), "cause": .string(failure.cause)])
    case .failed(let id, let failure): write("failed", of: id, failure.members)
    case .skipped(let id): write("skipped", of: id)
    case .damagedInput(let id, let makers):
      let names = makers.compactMap { name(of: $0) }.map(ParameterValue.string)
      write("damaged-input", of: id, ["madeBy": .list(names)])
    case .restored(let id, let files):
      write("restored", of: id, ["files": .integer(Int64(files))])
    case .displaced(let path, let destination):
      write("displaced", ["path": .string(path), "to": .string(destination)])
    case .removed(let paths): write("removed", ["paths": .list(paths.map(ParameterValue.string))])
    case .finished(let summary): write("run-finished", summary.members)
    }
  }

  private func write(
    _ event: String, of id: BranchID, _ members: [String: ParameterValue] = [:]
  ) {
    var members = members
    members["branch"] = name(of: id).map(ParameterValue.string)
    write(event, members)
  }

  private func name(of id: BranchID) -> String? {
    plan.withLock { $0?.name(of: id) }
  }

  private func write(_ event: String, _ members: [String: ParameterValue]) {
    JSONLines.print(event, members)
  }
}

/// Events as lines: the event's word first, then its members by name.
enum JSONLines {
  private static let writing = Mutex(())

  static func print(_ event: String, _ members: [String: ParameterValue]) {
    let rest = ParameterValue.object(members).description.dropFirst()
    let line = "{\"event\":\"\(event)\"" + (members.isEmpty ? "" : ",") + rest
    writing.withLock { _ in Terminal.print(line) }
  }
}

extension BranchFailure {
  var members: [String: ParameterValue] {
    var members: [String: ParameterValue] = ["cause": .string(cause)]
    for fact in facts { members[fact.name] = .string(fact.value) }
    if !output.isEmpty { members["output"] = .list(output.map(ParameterValue.string)) }
    if let hint { members["hint"] = .string(hint) }
    return members
  }
}

extension RunTotals {
  fileprivate var members: [String: ParameterValue] {
    [
      "executed": .integer(Int64(executed)), "hits": .integer(Int64(hits)),
      "failed": .integer(Int64(failed)), "skipped": .integer(Int64(skipped)),
      "restored": .integer(Int64(restored)), "seconds": .number(seconds),
      "interrupted": .boolean(wasInterrupted),
    ]
  }
}
