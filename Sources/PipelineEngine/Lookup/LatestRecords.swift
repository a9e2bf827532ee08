package import ArtifactCache
import Synchronization

/// The latest record of each branch as the run began: the one that this project used last or, where
/// none is in use, the newest that it made.
///
/// Read from the index once, when first needed.
package final class LatestRecords: Sendable {
  private let project: Project
  private let byBranch = Mutex<[String: RecordSummary]?>(nil)

  package init(of project: Project) {
    self.project = project
  }

  package func summary(of branch: String) throws(CacheError) -> RecordSummary? {
    if let known = byBranch.withLock({ $0 }) { return known[branch] }
    let own = try OwnRecords(of: project)
    let all = try project.cache.latestSummaries(ranking: own.rank)
    byBranch.withLock { $0 = all }
    return all[branch]
  }

  /// The same with its key's pre-image.
  func record(of branch: String) throws(CacheError) -> Record? {
    guard let summary = try summary(of: branch) else { return nil }
    return try project.cache.record(for: summary.key, notBefore: summary.started)
  }
}
