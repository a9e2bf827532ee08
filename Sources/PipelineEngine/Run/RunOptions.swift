package import PipelineManifest

/// What the user may decide about a run.
package struct RunOptions: Sendable {
  /// The branches asked for, whose needs are run too; nil: all.
  package var targets: [BranchID]?
  /// Cores that branches may use at once.
  package var jobs: Int
  /// Go on with whatever does not depend on a failed branch.
  package var keepsGoing = false
  /// Run the targets even where valid results exist.
  package var isForced = false
  /// Parameters differ from those of the file for this time.
  package var hasOverrides = false

  package init(targets: [BranchID]? = nil, jobs: Int) {
    self.targets = targets
    self.jobs = jobs
  }
}
