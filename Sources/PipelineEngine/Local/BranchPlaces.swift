import ArtifactCache
import Workspaces

/// Where branches work and what they make goes; their inputs come from the project's cache.
struct BranchPlaces: Sendable {
  /// Takes the outputs.
  let outputs: ContentStore
  /// Absolute: holds the private folders of commands.
  let work: String
  /// Keeps what failed branches leave; nil: nothing is kept.
  let failed: FailedFolders?
  /// Absolute: holds what an interrupted branch of a built-in kind may go on with.
  let partial: String

  /// Those of a run.
  init(of project: Project, environment: [String: String]) {
    outputs = project.cache.objects
    work = environment["PIPE_WORK"] ?? project.cacheFolder + "/work"
    failed = project.failures
    partial = project.cacheFolder + "/partial"
  }

  /// All in a folder that is removed afterwards.
  init(scratch folder: String) {
    outputs = .scratch(at: folder + "/store")
    work = folder + "/work"
    failed = nil
    partial = folder + "/partial"
  }
}
