extension Kendall {
  /// The two-sided p of no association without ties: the exact distribution of inversions.
  package func exactP() -> Double {
    precondition(tiedX == 0 && tiedY == 0, "the exact distribution is that of untied ranks")
    let inversions = (pairs - abs(score)) / 2
    let lower = Self.inversionProbabilities(pairs: pairs)[...inversions].reduce(0, +)
    return score == 0 ? 1 : min(1, 2 * lower)
  }

  /// The two-sided p by the normal approximation with correction for ties.
  ///
  /// The variance is that of Kendall, "Rank correlation methods" (1970), chapter 5; x and y must be
  /// the lists that were counted, of at least three points.
  package func asymptoticP(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    let (tiesX, tiesY) = (TieSums(x), TieSums(y))
    let m = n * (n - 1)
    let variance =
      (m * (2 * n + 5) - tiesX.linear - tiesY.linear) / 18
      + tiesX.pairs * tiesY.pairs / (2 * m)
      + tiesX.triples * tiesY.triples / (9 * m * (n - 2))
    guard variance > 0 else { return 1 }
    return 2 * NormalDistribution.cumulative(-Double(score).magnitude / variance.squareRoot())
  }

  /// The probability of each number of inversions in a random order with that many pairs.
  private static func inversionProbabilities(pairs: Int) -> [Double] {
    var probabilities = [1.0]
    var n = 1
    while n * (n - 1) / 2 < pairs {
      n += 1
      // The n-th element adds 0 … n − 1 inversions, each as likely.
      var next = [Double](repeating: 0, count: probabilities.count + n - 1)
      for (count, probability) in probabilities.enumerated() {
        for added in 0..<n { next[count + added] += probability / Double(n) }
      }
      probabilities = next
    }
    return probabilities
  }

  /// Sums over groups of t equal values: t(t − 1), t(t − 1)(t − 2) and t(t − 1)(2t + 5).
  private struct TieSums {
    var pairs = 0.0
    var triples = 0.0
    var linear = 0.0

    init(_ values: [Double]) {
      for group in Ranks.groups(values) {
        let t = Double(group.count)
        pairs += t * (t - 1)
        triples += t * (t - 1) * (t - 2)
        linear += t * (t - 1) * (2 * t + 5)
      }
    }
  }
}
