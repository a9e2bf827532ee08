import ArtifactCache
import PipelineManifest
import Workspaces

/// Runs branches on this machine: built-in kinds in this process, commands as child processes.
struct LocalExecutor: BranchExecutor {
  private let builtIns: BuiltInRunner
  private let commands: CommandBranchRunner

  init(project: Project, programs: Programs, workTree: WorkTree, places: BranchPlaces) {
    builtIns = BuiltInRunner(project: project, places: places)
    commands = CommandBranchRunner(
      project: project, programs: programs, workTree: workTree, places: places)
  }

  func execute(
    _ work: BranchWork, cores: Int, report: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> BranchOutcome {
    if let command = work.stage.command {
      try await commands.run(command, work, report: report)
    } else {
      try await builtIns.run(work, cores: cores, report: report)
    }
  }
}
