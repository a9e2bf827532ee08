import ArtifactCache
import Foundation
import PipelineManifest
import StageInterface
import Workspaces

/// Runs a branch of a built-in kind in this process.
struct BuiltInRunner: Sendable {
  let project: Project
  let places: BranchPlaces
  private let shared = SharedValues()

  init(project: Project, places: BranchPlaces) {
    self.project = project
    self.places = places
  }

  func run(
    _ work: BranchWork, cores: Int, report: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> BranchOutcome {
    guard let stage = project.stages.make(work.stage.kind) else {
      throw BranchFailure(cause: "this pipe has no stage kind '\(work.stage.kind)'")
    }
    let services = BranchServices(
      branch: work.branch.id, store: project.cache.objects, outputs: places.outputs,
      shared: shared, report: report)
    let context = StageContext(
      branch: work.name, cores: cores, parameters: work.branch.parameters,
      inputs: work.singleInputs { services.artifact($0) },
      collectedInputs: work.collectedInputs { services.artifact($0) },
      workFolder: "\(places.partial)/\(FolderName.of(branch: work.name))", services: services)
    let declared = work.branch.outputs.map { ($0.name, isFolder: $0.form == .folder) }
    do {
      try await stage.run(context)
      let outcome = BranchOutcome(outputs: try services.outputs(declared), log: services.log)
      places.failed?.forget(work.name)
      return outcome
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      // A damaged input makes the stage fail in words of its own; the damage is what matters.
      if let damage = services.damage { throw damage }
      // Damage found while a value was made that several branches share.
      if let damage = error as? CacheError, damage.damagedObject != nil { throw damage }
      let failure =
        error as? BranchFailure ?? BranchFailure(stageError: error, output: services.lastLines)
      keep(failure, of: work, log: services.log)
      throw failure
    }
  }

  /// Keeps the log with the cause at its end, as a program would have printed it; whoever cannot (a full
  /// disk) still hears of the failure.
  private func keep(_ failure: BranchFailure, of work: BranchWork, log: [UInt8]) {
    if Task.isCancelled { return }
    try? places.failed?.keep(log: log + Array("\(failure.cause)\n".utf8), of: work.name)
  }
}

extension BranchWork {
  fileprivate func singleInputs(
    _ artifact: (StoredOutput) -> Artifact
  ) -> [String: [String: Artifact]] {
    var found: [String: [String: Artifact]] = [:]
    for input in inputs {
      guard case .artifacts(let content) = input.content else { continue }
      found[input.name] = content.byName(artifact)
    }
    return found
  }

  fileprivate func collectedInputs(
    _ artifact: (StoredOutput) -> Artifact
  ) -> [String: [CollectedBranch]] {
    var found: [String: [CollectedBranch]] = [:]
    for input in inputs {
      guard case .collected(let collection) = input.content else { continue }
      found[input.name] = collection.elements.map { element in
        let axes = zip(collection.axes, element.axisValues.map(BranchName.plain))
        return CollectedBranch(
          axes: Dictionary(uniqueKeysWithValues: axes), artifacts: element.content.byName(artifact))
      }
    }
    return found
  }
}

extension BranchOutputs {
  fileprivate func byName(_ artifact: (StoredOutput) -> Artifact) -> [String: Artifact] {
    Dictionary(outputs.map { ($0.name, artifact($0)) }, uniquingKeysWith: { first, _ in first })
  }
}

extension BranchFailure {
  /// What a stage threw; a last line `hint: …` of its description becomes the hint.
  fileprivate init(stageError: any Error, output: [String]) {
    var lines = "\(stageError)".split(separator: "\n", omittingEmptySubsequences: false)
    var hint: String?
    if let last = lines.last, last.hasPrefix("hint: "), lines.count > 1 {
      hint = String(last.dropFirst("hint: ".count))
      lines.removeLast()
    }
    self.init(cause: lines.joined(separator: "\n"), output: output, hint: hint)
  }
}
