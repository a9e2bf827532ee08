import ReproducibleMath

/// Bootstrap resamples of points, as the number of times that each was taken.
///
/// The unit that is taken is a single point, or a whole configuration where points come in groups.
package struct Resampler: Sendable {
  private let units: [[Int]]
  private let count: Int
  private let seed: UInt64

  /// Units are lists of point indices; together they must hold 0 ..< count once each.
  package init(units: [[Int]], seed: UInt64) {
    self.units = units
    self.seed = seed
    count = units.reduce(0) { $0 + $1.count }
  }

  /// Every point is a unit of its own.
  package init(count: Int, seed: UInt64) {
    self.init(units: (0..<count).map { [$0] }, seed: seed)
  }

  /// Units in a resample.
  package var unitCount: Int { units.count }

  /// How often each point is in the resample with this number: ⌊x·units / 2³²⌋ for each word x.
  package func weights(replicate: Int) -> [Double] {
    let sequence = ResamplingUse.points.sequence(seed: seed, replicate: replicate)
    var weights = [Double](repeating: 0, count: count)
    var words = SIMD4<UInt32>()
    for k in units.indices {
      if k % 4 == 0 { words = sequence.block(at: k / 4) }
      let unit = Int((UInt64(words[k % 4]) * UInt64(units.count)) >> 32)
      for point in units[unit] { weights[point] += 1 }
    }
    return weights
  }

  /// Weights with one unit left out, for the jackknife.
  package func weights(without unit: Int) -> [Double] {
    var weights = [Double](repeating: 1, count: count)
    for point in units[unit] { weights[point] = 0 }
    return weights
  }
}
