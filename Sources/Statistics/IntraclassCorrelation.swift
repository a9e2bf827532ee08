/// Reliability of repeated measurements by one-way analysis of variance.
package struct IntraclassCorrelation: Sendable, Equatable {
  /// Mean squares between and within rows.
  package let between: Double
  package let within: Double
  /// Measurements in each row, k.
  package let repetitions: Int

  /// From a table with one row for each thing measured; rows need the same length, at least 2.
  ///
  /// Nil for fewer than two rows or when nothing varies between them.
  package init?(rows: [[Double]]) {
    guard rows.count > 1, let k = rows.first?.count, k > 1 else { return nil }
    precondition(rows.allSatisfy { $0.count == k }, "rows need the same length")
    self.init(
      variancesWithin: rows.map(Moments.variance),
      varianceOfMeans: Moments.variance(
        rows.map(Moments.mean)), repetitions: k)
  }

  /// From each row's variance and the variance of the rows' means, each with n − 1 below.
  package init?(variancesWithin: [Double], varianceOfMeans: Double, repetitions: Int) {
    guard varianceOfMeans > 0 else { return nil }
    between = Double(repetitions) * varianceOfMeans
    within = Moments.mean(variancesWithin)
    self.repetitions = repetitions
  }

  /// ICC(1,1): of a single measurement; at most 1, negative when rows differ less than chance makes.
  package var single: Double {
    (between - within) / (between + Double(repetitions - 1) * within)
  }

  /// ICC(1,k): of the mean of all repetitions.
  package var mean: Double { (between - within) / between }
}
