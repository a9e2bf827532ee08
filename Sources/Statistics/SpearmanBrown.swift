/// How reliability grows with the number of measurements.
package enum SpearmanBrown {
  /// The reliability of the mean of `count` measurements, each of reliability `single`.
  package static func reliability(of count: Double, single: Double) -> Double {
    count * single / (1 + (count - 1) * single)
  }

  /// Measurements needed for a reliability of `target`; nil when `single` is not positive.
  package static func needed(single: Double, target: Double = 0.9) -> Int? {
    guard single > 0 else { return nil }
    let count = target * (1 - single) / ((1 - target) * single)
    // A hair less, so that a whole number is not rounded up for its last bit.
    return count < 1e15 ? max(1, Int((count - 1e-9).rounded(.up))) : nil
  }
}
