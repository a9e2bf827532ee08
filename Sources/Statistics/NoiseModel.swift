/// What is known about the noise of two measurements of every point, S and G.
package struct NoiseModel: Sendable {
  private let sharpness: [Double]
  private let variancesWithin: [Double]
  private let repetitions: Double
  private let gap: [Double]
  private let gapNoise: ExampleNoise

  /// S as the mean of `draws` (rows of the same length) and G with its example noise.
  package init(draws: [[Double]], gap: [Double], gapNoise: ExampleNoise) {
    precondition(draws.count == gap.count, "S and G need the same points")
    sharpness = draws.map(Moments.mean)
    variancesWithin = draws.map(Moments.variance)
    repetitions = Double(draws.first?.count ?? 1)
    self.gap = gap
    self.gapNoise = gapNoise
  }

  /// ICC(1,k) of S when point i counts `weights[i]` times; nil where S does not vary
  /// and for single draws, which say nothing about their noise.
  package func sharpnessReliability(weights: [Double]) -> Double? {
    guard repetitions > 1 else { return nil }
    let total = weights.reduce(0, +)
    let variance = Self.variance(sharpness, weights, total)
    guard variance > 0 else { return nil }
    let within = Moments.sumOfProducts(weights, variancesWithin) / total
    return 1 - within / (repetitions * variance)
  }

  /// 1 − noise variance / variance of G; nil where G does not vary.
  package func gapReliability(weights: [Double]) -> Double? {
    let variance = Self.variance(gap, weights, weights.reduce(0, +))
    guard variance > 0 else { return nil }
    return 1 - gapNoise.variance(weights: weights) / variance
  }

  private static func variance(
    _ values: [Double], _ weights: [Double], _ total: Double
  ) -> Double {
    guard total > 1 else { return 0 }
    let mean = Moments.sumOfProducts(values, weights) / total
    var sum = 0.0
    for index in values.indices {
      let distance = values[index] - mean
      sum += weights[index] * distance * distance
    }
    return sum / (total - 1)
  }
}
