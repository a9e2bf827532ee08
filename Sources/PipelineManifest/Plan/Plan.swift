import StageInterface

/// Index of a branch in ``Plan/branches``.
package typealias BranchID = Int

/// Index of a collection in ``Plan/collections``.
package typealias CollectionID = Int

/// What a run would do, decided before anything runs: every stage, branch and edge of `pipeline.json`.
///
/// The value is complete and immutable; an executor adds no decisions of its own. Stages keep the
/// order of the file. The branches of a stage are contiguous and ordered by axis name, then by the
/// order in which the file lists the values; a branch may come before one that it depends on.
package struct Plan: Sendable {
  package let stages: [PlannedStage]
  package let branches: [PlannedBranch]
  /// Sets of branches that are read together.
  ///
  /// Branches that read the same set share its entry, so the
  /// size of a plan is linear in branches however many of them read everything.
  package let collections: [BranchCollection]
  /// What is allowed but looks like a slip.
  package let warnings: [ManifestProblem]
  /// The folder of a shared store (top-level key `cache`), as written; nil: the project's own.
  package let cacheFolder: String?
  /// Index of each stage by name.
  let stageIndex: [String: Int]

  package init(
    stages: [PlannedStage], branches: [PlannedBranch], collections: [BranchCollection],
    warnings: [ManifestProblem] = [], cacheFolder: String? = nil
  ) {
    self.stages = stages
    self.branches = branches
    self.collections = collections
    self.warnings = warnings
    self.cacheFolder = cacheFolder
    var index: [String: Int] = [:]
    index.reserveCapacity(stages.count)
    for (position, stage) in stages.enumerated() { index[stage.name] = position }
    stageIndex = index
  }

  package func stage(named name: String) -> PlannedStage? {
    stageIndex[name].map { stages[$0] }
  }

  /// The branch as people write it: `train@model=7`, or the bare stage name where there is no axis.
  package func name(of id: BranchID) -> String {
    let branch = branches[id]
    let stage = stages[branch.stage]
    return BranchName.text(stage: stage.name, axes: stage.axes, values: branch.axisValues)
  }

  /// Every branch that `id` waits for, each once, ascending.
  ///
  /// An executor counts ``PlannedBranch/dependencies`` and ``PlannedBranch/collections`` instead, so
  /// that its work too stays linear.
  package func allDependencies(of id: BranchID) -> [BranchID] {
    let branch = branches[id]
    if branch.collections.isEmpty { return branch.dependencies }
    var found = Set(branch.dependencies)
    for collection in branch.collections { found.formUnion(collections[collection].branches) }
    return found.sorted()
  }
}
