package import ArtifactCache
package import PipelineManifest

/// One branch ready to run: all that an executor, here or elsewhere, must know of it.
package struct BranchWork: Sendable {
  package let branch: PlannedBranch
  package let stage: PlannedStage
  /// As people write it: `train@model=7`.
  package let name: String
  package let key: Digest
  package let preimage: KeyPreimage
  package let inputs: [ResolvedInput]

  /// Cores to reserve while it runs.
  var cores: Int { stage.command?.cores ?? 1 }

  /// Memory to reserve while it runs, in bytes.
  var memory: Int { stage.command?.memory ?? 0 }
}

/// What a branch left when it ran: outputs that are in the store already, and what it printed.
package struct BranchOutcome: Sendable {
  package var outputs: [StoredOutput]
  package var log: [UInt8]

  package init(outputs: [StoredOutput], log: [UInt8]) {
    self.outputs = outputs
    self.log = log
  }
}

/// Runs branches somewhere: in this process, and one day on a cluster.
///
/// An executor stores outputs; the record is the run's to commit, after the outputs. It throws
/// ``BranchFailure`` for what the user must mend, ``CacheError`` when the store fails or an input is
/// damaged, and `CancellationError` when it was told to stop.
package protocol BranchExecutor: Sendable {
  func execute(
    _ work: BranchWork, cores: Int, report: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> BranchOutcome
}
