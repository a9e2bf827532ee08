import ReproducibleMath

/// The gaps of all models on two random halves of the evaluation set.
package struct SplitHalf: Sendable {
  private let losses: ExampleLosses
  private let trainLosses: [Double]
  private let seed: UInt64

  /// Per-example losses of each model (at least 4 examples) and its training loss.
  package init(losses: ExampleLosses, trainLosses: [Double], seed: UInt64) {
    precondition(losses.rows.count == trainLosses.count, "both lists need the same models")
    precondition(losses.count > 3, "halves need four examples")
    self.losses = losses
    self.trainLosses = trainLosses
    self.seed = seed
  }

  /// Each model's gap on the halves of split number `split`; NaN where a half has none of its examples.
  ///
  /// The first half has ⌊n/2⌋ of all n examples, and so about half of those of a model that was
  /// evaluated on some of them only.
  package func gaps(split: Int) -> (first: [Double], second: [Double]) {
    let count = losses.places
    let order = ResamplingUse.halves.sequence(seed: seed, replicate: split).shuffled(count: count)
    // In ascending order memory is read forwards.
    let half = order[..<(count / 2)].sorted()
    var (first, second): ([Double], [Double]) = ([], [])
    for (model, row) in losses.rows.enumerated() {
      let (sum, own) =
        losses.count == count ? (Self.sum(row, half), half.count) : Self.sumOfPresent(row, half)
      first.append(sum / Double(own) - trainLosses[model])
      second.append(
        (losses.totals[model] - sum) / Double(losses.count - own) - trainLosses[model])
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

  /// The sum of the losses that are there, and how many are.
  private static func sumOfPresent(_ losses: [Float], _ examples: [Int32]) -> (Double, Int) {
    var (sum, count) = (0.0, 0)
    for example in examples where !losses[Int(example)].isNaN {
      sum += Double(losses[Int(example)])
      count += 1
    }
    return (sum, count)
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
