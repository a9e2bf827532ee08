import ReproducibleMath

/// The gaps of all models on two random halves of the evaluation set.
package struct SplitHalf: Sendable {
  private let losses: [[Float]]
  private let totals: [Double]
  private let trainLosses: [Double]
  private let seed: UInt64

  /// Per-example losses of each model (the same examples, at least 4) and its training loss.
  package init(losses: [[Float]], trainLosses: [Double], seed: UInt64) {
    precondition(losses.count == trainLosses.count, "both lists need the same models")
    precondition((losses.first?.count ?? 0) > 3, "halves need four examples")
    self.losses = losses
    self.trainLosses = trainLosses
    self.seed = seed
    totals = losses.map { $0.reduce(0.0) { $0 + Double($1) } }
  }

  /// Each model's gap on the halves of split number `split`; the first half has ⌊n/2⌋ examples.
  package func gaps(split: Int) -> (first: [Double], second: [Double]) {
    let count = totals.isEmpty ? 0 : losses[0].count
    let order = ResamplingUse.halves.sequence(seed: seed, replicate: split).shuffled(count: count)
    // In ascending order memory is read forwards.
    let half = order[..<(count / 2)].sorted()
    var (first, second): ([Double], [Double]) = ([], [])
    for model in losses.indices {
      let sum = Self.sum(losses[model], half)
      first.append(sum / Double(half.count) - trainLosses[model])
      second.append((totals[model] - sum) / Double(count - half.count) - trainLosses[model])
    }
    return (first, second)
  }

  /// The correlations of the halves' gaps over models; splits where it is undefined are left out.
  package func correlations(_ splits: Range<Int>) -> [Double] {
    splits.compactMap { split in
      let gaps = gaps(split: split)
      return Pearson.correlation(gaps.first, gaps.second)
    }
  }

  /// The reliability of the gap on the whole set: the mean correlation, stepped up; nil for none.
  package static func reliability(_ correlations: [Double]) -> Double? {
    guard !correlations.isEmpty else { return nil }
    let r = Moments.mean(correlations)
    return r > -1 ? SpearmanBrown.reliability(of: 2, single: r) : nil
  }

  /// Four sums side by side: one alone would wait for itself.
  private static func sum(_ losses: [Float], _ examples: [Int32]) -> Double {
    let whole = examples.count / 4 * 4
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    for k in stride(from: 0, to: whole, by: 4) {
      a += Double(losses[Int(examples[k])])
      b += Double(losses[Int(examples[k + 1])])
      c += Double(losses[Int(examples[k + 2])])
      d += Double(losses[Int(examples[k + 3])])
    }
    for k in whole..<examples.count { a += Double(losses[Int(examples[k])]) }
    return (a + b) + (c + d)
  }
}
