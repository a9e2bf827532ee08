import Findings
import Statistics

/// Distributions over the models.
enum PopulationSummary {
  static func population(_ study: Study) -> Population {
    func distribution(_ value: (MeasuredModel) -> Double) -> Distribution {
      Self.distribution(study.models.map(value))
    }
    let targets = study.models.compactMap(\.metrics.reachedTarget)
    return Population(
      trainAccuracy: distribution(\.metrics.trainAccuracy),
      testAccuracy: distribution(\.metrics.testAccuracy),
      trainLoss: distribution(\.metrics.trainLoss), testLoss: distribution(\.metrics.testLoss),
      gap: distribution(\.gap), errorGap: distribution(\.metrics.errorGap),
      sharpness: distribution(\.sharpness),
      missedTarget: targets.isEmpty ? nil : targets.count { !$0 })
  }

  /// Of at least one finite value.
  static func distribution(_ values: [Double]) -> Distribution {
    let quantiles = Quantiles(of: values)
    return Distribution(
      mean: Moments.mean(values), standardDeviation: Moments.variance(values).squareRoot(),
      minimum: quantiles(0), quantile05: quantiles(0.05), lowerQuartile: quantiles(0.25),
      median: quantiles(0.5), upperQuartile: quantiles(0.75), quantile95: quantiles(0.95),
      maximum: quantiles(1), histogram: histogram(values, quantiles(0), quantiles(1)))
  }

  /// As many bins as twice the cube root of the number of values, by the rule of Rice.
  private static func histogram(
    _ values: [Double], _ minimum: Double, _ maximum: Double
  ) -> Histogram {
    guard maximum > minimum else {
      return Histogram(start: minimum, width: 0, counts: [values.count])
    }
    let bins = (1...).first { $0 * $0 * $0 >= 8 * values.count } ?? 1
    let width = (maximum - minimum) / Double(bins)
    var counts = [Int](repeating: 0, count: bins)
    for value in values {
      counts[max(0, min(bins - 1, Int((value - minimum) / width)))] += 1
    }
    return Histogram(start: minimum, width: width, counts: counts)
  }

  static func points(_ study: Study) -> [ModelPoint] {
    study.models.map { model in
      let count = Double(model.draws.count)
      return ModelPoint(
        model: model.metrics.model, sharpness: model.sharpness,
        sharpnessError: count > 1 ? (Moments.variance(model.draws) / count).squareRoot() : nil,
        gap: model.gap, errorGap: model.metrics.errorGap, trainLoss: model.metrics.trainLoss,
        testLoss: model.metrics.testLoss, trainAccuracy: model.metrics.trainAccuracy,
        testAccuracy: model.metrics.testAccuracy, epochs: model.metrics.epochs,
        steps: model.metrics.steps, reachedTarget: model.metrics.reachedTarget,
        weightsDigest: model.weightsDigest, perturbationDigest: model.perturbationDigest)
    }
  }
}
