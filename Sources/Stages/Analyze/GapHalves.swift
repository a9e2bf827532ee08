import Findings
import Statistics

/// What random halves of the evaluation set say about the gap.
struct GapHalves: Sendable {
  /// Correlation of the halves' gaps, for each random halving where it is defined.
  var correlations: [Double]
  /// The gaps of the first halving; empty where halves have no sense.
  var first: [Double]
  var second: [Double]

  static let splits = 200

  static func measured(_ study: Study, cores: Int) async throws -> GapHalves {
    guard study.models.count > 1, study.configuration.evaluationImages > 3 else {
      return GapHalves(correlations: [], first: [], second: [])
    }
    let halves = SplitHalf(
      losses: study.exampleLosses, trainLosses: study.trainLoss, seed: study.configuration.seed)
    let correlations = try await Pieces.map(splits, cores: cores) { halves.correlations($0) }
    let gaps = halves.gaps(split: 0)
    guard (gaps.first + gaps.second).allSatisfy(\.isFinite) else {
      return GapHalves(correlations: correlations, first: [], second: [])
    }
    return GapHalves(correlations: correlations, first: gaps.first, second: gaps.second)
  }
}
