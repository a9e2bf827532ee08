/// A confidence interval; what it covers is said where it is used.
package struct Interval: Codable, Sendable, Equatable {
  package var lower: Double
  package var upper: Double

  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// True when 0 lies outside.
  package var excludesZero: Bool { lower > 0 || upper < 0 }

  /// True when the whole interval lies strictly between −bound and bound.
  package func isWithin(_ bound: Double) -> Bool { lower > -bound && upper < bound }

  /// The fewest decimals, `least` or more, with which no end seems to reach or pass a mark that it
  /// does not: an interval up to −0.004 must not be printed as one up to 0.00.
  package func decimals(atLeast least: Int, apartFrom marks: [Double]) -> Int {
    (least...15).first { places in
      let scale = Self.scale(decimals: places)
      func rounded(_ value: Double) -> Double { (value * scale).rounded() }
      return marks.allSatisfy { mark in
        [lower, upper].allSatisfy { end in
          end < mark
            ? rounded(end) < rounded(mark)
            : end > mark ? rounded(end) > rounded(mark) : true
        }
      }
    } ?? least
  }

  /// 10 to the power of a number of decimals, exactly.
  static func scale(decimals: Int) -> Double {
    (0..<decimals).reduce(1.0) { product, _ in product * 10 }
  }

  /// Where this interval must not seem to reach: 0, when it excludes it.
  package var excludedMarks: [Double] { excludesZero ? [0] : [] }
}
