import ArtifactCache
import Synchronization

/// The latest record of each branch as the run began, read from the index once, when first needed.
final class LatestRecords: Sendable {
  private let cache: Cache
  private let byBranch = Mutex<[String: RecordSummary]?>(nil)

  init(cache: Cache) {
    self.cache = cache
  }

  func summary(of branch: String) throws(CacheError) -> RecordSummary? {
    if let known = byBranch.withLock({ $0 }) { return known[branch] }
    let all = try cache.latestSummaries()
    byBranch.withLock { $0 = all }
    return all[branch]
  }

  /// The same with its key's pre-image.
  func record(of branch: String) throws(CacheError) -> Record? {
    guard let summary = try summary(of: branch) else { return nil }
    return try cache.record(for: summary.key, notBefore: summary.started)
  }
}
