package import ArtifactCache

/// What this project has executed of one branch, newest first, and what each time was due to.
package struct BranchHistory: Sendable {
  package struct Execution: Sendable {
    package let record: Record
    /// Told from the record before it.
    package let reason: RunReason
  }

  package let executions: [Execution]

  /// Reads the records of the branch named `branch` that are among the project's `own`.
  package init(of branch: String, in cache: Cache, _ own: OwnRecords) throws(CacheError) {
    let records = try cache.history(ofBranch: branch, where: own.isMadeHere)
    executions = records.indices.map { index in
      Execution(
        record: records[index],
        reason: .reason(for: records[index], after: records.dropFirst(index + 1).first))
    }
  }

  /// The execution that made `record`; nil if another project did.
  package func execution(of record: RecordSummary) -> Execution? {
    executions.first { $0.record.summary == record }
  }
}
