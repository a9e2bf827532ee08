extension Cache {
  /// The latest record of each branch, by its full name.
  package func latestSummaries() throws(CacheError) -> [String: RecordSummary] {
    var latest: [String: RecordSummary] = [:]
    for entry in try book.all() {
      let summary = entry.summary
      if let known = latest[summary.branch], known.started > summary.started { continue }
      latest[summary.branch] = summary
    }
    return latest
  }
}
