/// The correlation of points that may count several times or not at all, prepared for many resamples.
package struct WeightedCorrelation: Sendable {
  private let kind: CorrelationKind
  private let x: [Double]
  private let y: [Double]
  private let groupsX: [[Int]]
  private let groupsY: [[Int]]

  package init(_ kind: CorrelationKind, _ x: [Double], _ y: [Double]) {
    precondition(x.count == y.count && !x.isEmpty, "both lists need the same length")
    self.kind = kind
    // Near mean 0 and size 1, where sums of squares lose nothing.
    self.x = Self.standardized(x)
    self.y = Self.standardized(y)
    groupsX = kind == .spearman ? Ranks.groups(x) : []
    groupsY = kind == .spearman ? Ranks.groups(y) : []
  }

  /// The correlation when point i counts `weights[i]` times, a whole number; nil where x or y does
  /// not vary.
  package func value(weights: [Double]) -> Double? {
    switch kind {
    case .pearson:
      Self.pearson(x, y, weights)
    case .spearman:
      Self.pearson(Self.ranks(groupsX, weights), Self.ranks(groupsY, weights), weights)
    case .kendall:
      kendall(weights)
    }
  }

  private func kendall(_ weights: [Double]) -> Double? {
    let taken = weights.indices.flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
    return Kendall(taken.map { x[$0] }, taken.map { y[$0] }).tauB
  }

  private static func pearson(
    _ x: [Double], _ y: [Double], _ weights: [Double]
  ) -> Double? {
    var (count, sumX, sumY, sumXX, sumYY, sumXY) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for index in weights.indices {
      let (weight, x, y) = (weights[index], x[index], y[index])
      count += weight
      sumX += weight * x
      sumY += weight * y
      sumXX += weight * x * x
      sumYY += weight * y * y
      sumXY += weight * x * y
    }
    let varianceX = sumXX - sumX * sumX / count
    let varianceY = sumYY - sumY * sumY / count
    // A resample of one point many times leaves only rounding.
    guard varianceX > 1e-12 * sumXX, varianceY > 1e-12 * sumYY else { return nil }
    let r = (sumXY - sumX * sumY / count) / (varianceX * varianceY).squareRoot()
    return min(1, max(-1, r))
  }

  /// Mid-ranks in a resample, from the order of the original values, about 0 and of size 1.
  private static func ranks(_ groups: [[Int]], _ weights: [Double]) -> [Double] {
    var ranks = [Double](repeating: 0, count: weights.count)
    let scale = 1 / Double(weights.count)
    var below = 0.0
    for group in groups {
      let size = group.reduce(0) { $0 + weights[$1] }
      for index in group { ranks[index] = (below + 0.5 * size) * scale - 0.5 }
      below += size
    }
    return ranks
  }

  private static func standardized(_ values: [Double]) -> [Double] {
    let centred = Moments.centred(values)
    let deviation = Moments.variance(values).squareRoot()
    return deviation > 0 ? centred.map { $0 / deviation } : centred
  }
}
