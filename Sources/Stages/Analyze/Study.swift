import Findings
import Statistics

/// Everything that was measured on all models, checked and in the order of model numbers.
struct Study: Sendable {
  var settings: AnalysisSettings
  var configuration: StudyConfiguration
  var models: [MeasuredModel]
  /// Lists of indices into ``models`` with the same configuration, apart from seeds.
  var configurations: [[Int]]
  /// Loss on each example of the evaluation sets.
  var exampleLosses: ExampleLosses

  var sharpness: [Double] { models.map(\.sharpness) }
  var gap: [Double] { models.map(\.gap) }
  var trainLoss: [Double] { models.map(\.metrics.trainLoss) }

  /// A bootstrap over fewer configurations covers next to nothing; two make three resamples.
  static let fewestConfigurations = 10

  /// What the bootstrap takes as a whole: configurations, or models where those are too few.
  var units: [[Int]] {
    configurations.count >= Self.fewestConfigurations
      ? configurations : models.indices.map { [$0] }
  }
}

/// One model with all that was measured on it.
struct MeasuredModel: Sendable {
  var metrics: ModelMetrics
  var metadata: [String: String]
  var weightCount: Int
  /// All rows, in order of draw, + before −.
  var rows: [DrawRow]
  /// The statistic of each draw; their mean is the sharpness.
  var draws: [Double]
  var weightsDigest: String
  var perturbationDigest: String

  var sharpness: Double { draws.reduce(0, +) / Double(draws.count) }
  var gap: Double { metrics.gap }
}

/// The row that training wrote about a model.
struct ModelMetrics: Sendable {
  var model: Int
  var epochs: Int
  var steps: Int
  var reachedTarget: Bool?
  var trainLoss: Double
  var testLoss: Double
  var gap: Double
  var trainAccuracy: Double
  var testAccuracy: Double
  var errorGap: Double
}

/// One perturbation of one model.
struct DrawRow: Sendable {
  var model: Int
  var draw: Int
  /// `+` or `-`.
  var sign: String
  var sigma: Double
  var baseline: Double
  var loss: Double
  var change: Double
  /// Further columns (`kind`, `scope`, `on`) as text.
  var others: [String: String]
}
