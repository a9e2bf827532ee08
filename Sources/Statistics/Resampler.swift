import ReproducibleMath

/// Bootstrap resamples of points, as the number of times that each was taken.
///
/// The unit that is taken is a single point, or a whole configuration where points come in groups.
package struct Resampler: Sendable {
  // Points of unit u: members[starts[u]] up to, not including, members[starts[u + 1]].
  private let members: [Int]
  private let starts: [Int]
  private let seed: UInt64

  /// Units are lists of point indices; together they must hold 0 ..< count once each.
  package init(units: [[Int]], seed: UInt64) {
    self.seed = seed
    members = units.flatMap { $0 }
    precondition(members.sorted() == Array(members.indices), "units must hold each point once")
    starts = units.reduce(into: [0]) { starts, unit in
      starts.append((starts.last ?? 0) + unit.count)
    }
  }

  /// Every point is a unit of its own.
  package init(count: Int, seed: UInt64) {
    self.init(units: (0..<count).map { [$0] }, seed: seed)
  }

  /// Units in a resample.
  package var unitCount: Int { starts.count - 1 }

  /// How often each point is in the resample with this number: ⌊x·units / 2³²⌋ for each word x.
  package func weights(replicate: Int) -> [Double] {
    let sequence = ResamplingUse.points.sequence(seed: seed, replicate: replicate)
    var weights = [Double](repeating: 0, count: members.count)
    let units = UInt64(unitCount)
    for first in stride(from: 0, to: unitCount, by: 4) {
      let words = sequence.block(at: first / 4)
      for lane in 0..<min(4, unitCount - first) {
        let unit = Int((UInt64(words[lane]) * units) >> 32)
        for k in starts[unit]..<starts[unit + 1] { weights[members[k]] += 1 }
      }
    }
    return weights
  }

  /// Weights with one unit left out, for the jackknife.
  package func weights(without unit: Int) -> [Double] {
    var weights = [Double](repeating: 1, count: members.count)
    for k in starts[unit]..<starts[unit + 1] { weights[members[k]] = 0 }
    return weights
  }
}
