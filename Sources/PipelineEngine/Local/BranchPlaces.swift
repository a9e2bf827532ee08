import ArtifactCache
import Foundation
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
    work = Self.workFolder(environment) ?? project.cacheFolder + "/work"
    failed = project.failures
    partial = project.cacheFolder + "/partial"
  }

  /// `pipe-work` in the folder that the user has set, on a file system in memory perhaps.
  private static func workFolder(_ environment: [String: String]) -> String? {
    guard let folder = environment["PIPE_WORK"], !folder.isEmpty else { return nil }
    return URL(fileURLWithPath: folder).appendingPathComponent("pipe-work").path
  }

  /// All in a folder that is removed afterwards.
  init(scratch folder: String) {
    outputs = .scratch(at: folder + "/store")
    work = folder + "/work"
    failed = nil
    partial = folder + "/partial"
  }
}
