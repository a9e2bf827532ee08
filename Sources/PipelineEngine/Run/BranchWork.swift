package import ArtifactCache
package import PipelineManifest
package import Workspaces

/// One branch ready to run: all that an executor, here or elsewhere, must know of it.
package struct BranchWork: Sendable {
  package let branch: PlannedBranch
  package let stage: PlannedStage
  /// As people write it: `train@model=7`.
  package let name: String
  package let key: Digest
  package let preimage: KeyPreimage
  package let inputs: [ResolvedInput]
  /// What a command runs, as it is in the key.
  let programs: [Programs.Program]

  /// Cores to reserve while it runs.
  var cores: Int { stage.command?.cores ?? 1 }

  /// Memory to reserve while it runs, in bytes.
  var memory: Int { stage.command?.memory ?? 0 }
}

/// What a branch left when it ran: outputs that are in the store already, and what it printed.
package struct BranchOutcome: Sendable {
  package var outputs: [StoredOutput]
  package var log: [UInt8]
  /// Files of the outputs that the branch left on this machine, if any.
  package var made: MadeFiles?

  package init(outputs: [StoredOutput], log: [UInt8], made: MadeFiles? = nil) {
    self.outputs = outputs
    self.log = log
    self.made = made
  }
}

/// Runs branches somewhere: in this process, and one day on a cluster.
///
/// It may block the thread that it is called on until the branch has ended.
///
/// An executor stores outputs; the record is the run's to commit, after the outputs. It throws
/// ``BranchFailure`` for what the user must mend, ``CacheError`` when the store fails or an input is
/// damaged, and `CancellationError` when it was told to stop.
package protocol BranchExecutor: Sendable {
  func execute(
    _ work: BranchWork, cores: Int, report: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> BranchOutcome
}
