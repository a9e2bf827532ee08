import ReproducibleMath

/// How often a random assignment of y to x is correlated at least as strongly, in size, as the real one.
///
/// Replicate R's order comes from the permutation stream with draw R, so any thread may compute it.
package struct PermutationTest: Sendable {
  private let kind: CorrelationKind
  private let x: [Double]
  private let y: [Double]
  private let strata: [[Int]]
  private let seed: UInt64
  private let observed: Double

  /// Without `strata` all points may change places; with them only points of the same list.
  package init(
    _ kind: CorrelationKind, _ x: [Double], _ y: [Double], strata: [[Int]]? = nil, seed: UInt64
  ) {
    precondition(x.count == y.count && !x.isEmpty, "both lists need the same length")
    self.kind = kind
    self.x = kind == .spearman ? Ranks.midRanks(x) : kind == .pearson ? Moments.centred(x) : x
    self.y = kind == .spearman ? Ranks.midRanks(y) : kind == .pearson ? Moments.centred(y) : y
    self.strata = strata ?? [Array(x.indices)]
    self.seed = seed
    let centred = kind == .spearman ? Moments.centred(self.y) : self.y
    observed = Self.strength(kind, self.x, centred)
  }

  /// How many of these replicates are at least as strong as the real order.
  package func exceedances(_ replicates: Range<Int>) -> Int {
    let values = kind == .kendall ? y : Moments.centred(y)
    // Equal sums in another order differ by rounding.
    let threshold = observed * (1 - 1e-12)
    return replicates.reduce(0) { count, replicate in
      let strength = Self.strength(kind, x, permuted(values, replicate))
      return strength >= threshold ? count + 1 : count
    }
  }

  /// The two-sided p, (exceedances + 1) / (replicates + 1).
  package static func p(exceedances: Int, replicates: Int) -> Double {
    Double(exceedances + 1) / Double(replicates + 1)
  }

  private func permuted(_ values: [Double], _ replicate: Int) -> [Double] {
    let sequence = RandomSequence(seed: seed, stream: .permutation, draw: UInt32(replicate))
    var permuted = values
    var offset = 0
    for stratum in strata {
      for step in 0..<max(0, stratum.count - 1) {
        let i = stratum.count - 1 - step
        let j = Int((UInt64(sequence.bits(at: offset + step)) * UInt64(i + 1)) >> 32)
        permuted.swapAt(stratum[i], stratum[j])
      }
      offset += stratum.count
    }
    return permuted
  }

  /// What orders permutations as |correlation| does: its numerator.
  private static func strength(
    _ kind: CorrelationKind, _ x: [Double], _ y: [Double]
  ) -> Double {
    kind == .kendall
      ? Double(abs(Kendall(x, y).score)) : Moments.sumOfProducts(x, y).magnitude
  }
}
