/// The models as a population: one distribution for each thing measured on every model.
package struct Population: Codable, Sendable, Equatable {
  package var trainAccuracy: Distribution
  package var testAccuracy: Distribution
  package var trainLoss: Distribution
  package var testLoss: Distribution
  /// G = test loss − training loss.
  package var gap: Distribution
  /// Training accuracy − test accuracy.
  package var errorGap: Distribution
  /// S, the mean change of loss over the draws.
  package var sharpness: Distribution
  /// Models that were to stop at a target training loss and did not reach it; nil without a target.
  package var missedTarget: Int?

  package init(
    trainAccuracy: Distribution, testAccuracy: Distribution, trainLoss: Distribution,
    testLoss: Distribution, gap: Distribution, errorGap: Distribution, sharpness: Distribution,
    missedTarget: Int?
  ) {
    self.trainAccuracy = trainAccuracy
    self.testAccuracy = testAccuracy
    self.trainLoss = trainLoss
    self.testLoss = testLoss
    self.gap = gap
    self.errorGap = errorGap
    self.sharpness = sharpness
    self.missedTarget = missedTarget
  }
}

/// Mean, spread, quantiles and a histogram of one thing measured on every model.
package struct Distribution: Codable, Sendable, Equatable {
  package var mean: Double
  /// With N − 1 in the denominator; 0 for a single model.
  package var standardDeviation: Double
  package var minimum: Double
  /// Quantiles interpolate linearly between order statistics.
  package var quantile05: Double
  package var lowerQuartile: Double
  package var median: Double
  package var upperQuartile: Double
  package var quantile95: Double
  package var maximum: Double
  package var histogram: Histogram

  package init(
    mean: Double, standardDeviation: Double, minimum: Double, quantile05: Double,
    lowerQuartile: Double, median: Double, upperQuartile: Double, quantile95: Double,
    maximum: Double, histogram: Histogram
  ) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.minimum = minimum
    self.quantile05 = quantile05
    self.lowerQuartile = lowerQuartile
    self.median = median
    self.upperQuartile = upperQuartile
    self.quantile95 = quantile95
    self.maximum = maximum
    self.histogram = histogram
  }
}

/// Bins of equal width: bin i counts values from `start + i·width` up to, not including, the next.
///
/// The last bin includes its upper end. Where all values are equal there is one bin of width 0.
package struct Histogram: Codable, Sendable, Equatable {
  package var start: Double
  package var width: Double
  package var counts: [Int]

  package init(start: Double, width: Double, counts: [Int]) {
    self.start = start
    self.width = width
    self.counts = counts
  }
}
