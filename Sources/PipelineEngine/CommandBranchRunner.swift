import ArtifactCache
import PipelineManifest
import StageInterface
import Workspaces

/// Runs a branch of a `command` stage, with its retries.
struct CommandBranchRunner: Sendable {
  private let plan: Plan
  private let programs: Programs
  private let runner: CommandRunner

  init(project: Project, programs: Programs, workTree: WorkTree) {
    plan = project.plan
    self.programs = programs
    let place = programs.environment["PIPE_WORK"] ?? project.cacheFolder + "/work"
    runner = CommandRunner(
      sources: project.files, workTree: workTree, store: project.cache.objects,
      folders: PrivateFolders(place: place), failed: project.cacheFolder + "/failed",
      host: programs.host)
  }

  func run(
    _ command: CommandSpecification, _ work: BranchWork,
    report: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> BranchOutcome {
    let request = try CommandRequestBuilder(
      plan: plan, work: work, environment: programs.environment
    ).request(command)
    var attempt = 1
    while true {
      do throws(CommandFailure) {
        let result = try await runner.run(request)
        return BranchOutcome(outputs: result.outputs, log: result.log)
      } catch {
        if case .cancelled = error.reason { throw CancellationError() }
        if let damage = error.damage { throw damage }
        let failure = BranchFailure(error, key: work.key)
        guard error.isWorthRetrying, attempt <= command.retries else { throw failure }
        attempt += 1
        report(.retrying(work.branch.id, attempt: attempt, failure))
      }
    }
  }
}

extension CommandFailure {
  /// A damaged object among the inputs, which is not the command's fault.
  fileprivate var damage: CacheError? {
    guard case .inputs(.cache(let error)) = reason, error.damagedObject != nil else { return nil }
    return error
  }
}

extension BranchFailure {
  fileprivate init(_ failure: CommandFailure, key: Digest) {
    self.init(cause: failure.description, output: failure.lastLines(20), hint: failure.hint)
    facts.append(Fact(name: "key", value: key.short))
    if let folder = failure.keptFolder {
      facts.append(Fact(name: "folder", value: folder))
    }
  }
}
