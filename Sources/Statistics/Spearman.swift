/// Spearman's rank correlation: Pearson's r of mid-ranks.
package enum Spearman {
  /// ρ of two lists of the same length, or nil where one of them does not vary.
  package static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    Pearson.correlation(Ranks.midRanks(x), Ranks.midRanks(y))
  }
}
