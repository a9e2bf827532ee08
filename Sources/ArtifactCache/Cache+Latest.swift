extension Cache {
  /// For each branch, by its full name, the record of the highest rank, of these the latest; records of
  /// rank nil do not count.
  package func latestSummaries(
    ranking rank: (RecordSummary) -> Int? = { _ in 0 }
  ) throws(CacheError) -> [String: RecordSummary] {
    var latest: [String: (rank: Int, summary: RecordSummary)] = [:]
    for entry in try book.all() {
      let summary = entry.summary
      guard let rank = rank(summary) else { continue }
      if let known = latest[summary.branch],
        (known.rank, known.summary.started) > (rank, summary.started)
      {
        continue
      }
      latest[summary.branch] = (rank, summary)
    }
    return latest.mapValues(\.summary)
  }
}
