/// Values without a pattern, the same in every run: a small linear congruential sequence in (0, 1).
package struct SampleNumbers {
  private var state: UInt32

  package init(seed: UInt32) { state = seed }

  package mutating func next() -> Double {
    state = state &* 1_664_525 &+ 1_013_904_223
    return (Double(state >> 8) + 0.5) / 16_777_216
  }

  /// Roughly normal: the sum of twelve uniforms.
  package mutating func normal(mean: Double, deviation: Double) -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += next() }
    return mean + deviation * sum
  }
}
