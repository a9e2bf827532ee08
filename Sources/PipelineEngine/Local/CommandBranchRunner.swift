import ArtifactCache
import PipelineManifest
import StageInterface
import Workspaces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs a branch of a `command` stage, with its retries.
struct CommandBranchRunner: Sendable {
  private let plan: Plan
  private let programs: Programs
  private let runner: CommandRunner
  private let folder: ProjectFolder

  init(project: Project, programs: Programs, workTree: WorkTree, places: BranchPlaces) {
    plan = project.plan
    folder = project.folder
    self.programs = programs
    runner = CommandRunner(
      sources: project.files, workTree: workTree, store: project.cache.objects,
      outputs: places.outputs, folders: PrivateFolders(place: places.work), failed: places.failed,
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
        for file in result.displaced {
          report(.displaced(path: file.path.text, to: file.movedTo))
        }
        return BranchOutcome(outputs: result.outputs, log: result.log, made: result.made)
      } catch {
        if case .cancelled = error.reason { throw CancellationError() }
        if let damage = error.damage { throw damage }
        let failure = BranchFailure(error, of: work, in: folder)
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
  fileprivate init(_ failure: CommandFailure, of work: BranchWork, in project: ProjectFolder) {
    self.init(cause: failure.description, output: failure.lastLines(20), hint: failure.hint)
    facts.append(Fact(name: "key", value: work.key.short))
    if let folder = failure.keptFolder { facts.append(Fact(name: "folder", value: folder)) }
    if case .programNotFound(let name, _) = failure.reason, name.contains("/"),
      let path = try? ProjectPath(name), access(project.absolute(path), F_OK) == 0
    {
      hint =
        "'\(path.text)' is in the project, but no input declares it: "
        + "add it to the stage's \"inputs\": { \"program\": \"\(path.text)\" }"
    }
  }
}
