package import ArtifactCache
package import PipelineManifest
package import Workspaces

/// Everything that a run, a status or an explanation works on: the plan and where things are.
package struct Project: Sendable {
  package let folder: ProjectFolder
  package let plan: Plan
  package let stages: StageRegistry
  /// Objects, records and their index; may be shared with other projects.
  package let cache: Cache
  /// What belongs to this project alone.
  package let state: ProjectState
  /// Digests of the project's files.
  package let files: SourceFiles
  /// The project's own `cache/` folder, absolute.
  package let cacheFolder: String
  /// How things were before all this was opened; nil where the look is not to be remembered.
  let start: LookStart?

  package init(
    folder: ProjectFolder, plan: Plan, stages: StageRegistry, cache: Cache,
    state: ProjectState, files: SourceFiles, cacheFolder: String, start: LookStart? = nil
  ) {
    self.folder = folder
    self.plan = plan
    self.stages = stages
    self.cache = cache
    self.state = state
    self.files = files
    self.cacheFolder = cacheFolder
    self.start = start
  }

  /// What branches left that failed when they last ran.
  package var failures: FailedFolders { FailedFolders(place: cacheFolder + "/failed") }
}
