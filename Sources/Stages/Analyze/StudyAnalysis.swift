import Findings
import Statistics

/// The analysis of one study, step by step.
struct StudyAnalysis: Sendable {
  let study: Study
  let cores: Int

  /// Fewer models have no interval of a correlation.
  static let fewestModels = 4

  /// All findings; `progress` is told how many steps of how many are done.
  func findings(progress: (_ done: Int, _ of: Int) -> Void) async throws -> StudyFindings {
    let steps = 4
    let halves = try await GapHalves.measured(study, cores: cores)
    progress(1, steps)
    let noise = try await noiseModel()
    progress(2, steps)
    let resamples = try await Resamples.drawn(study, noise: noise, cores: cores)
    progress(3, steps)
    let reliability = ReliabilitySummary(
      study: study, noise: noise, resamples: resamples, halves: halves
    ).reliability
    let relation = try await RelationSummary(study: study, resamples: resamples)
      .relation(cores: cores)
    let corrected = CorrectedSummary.corrected(
      study, relation: relation, reliability: reliability, resamples: resamples)
    let power = PowerSummary(study: study, reliability: reliability).power
    progress(4, steps)
    let verdict = Verdict.reached(
      study, relation: relation, reliability: reliability, corrected: corrected, power: power)
    return StudyFindings(
      verdict: verdict, configuration: study.configuration,
      population: PopulationSummary.population(study), points: PopulationSummary.points(study),
      relation: relation, reliability: reliability, corrected: corrected,
      equivalence: relation.map { equivalence($0) }, power: power,
      controls: ControlsSummary(study: study, halves: halves).controls)
  }

  /// Nil for fewer than two models, which have no noise between them.
  private func noiseModel() async throws -> NoiseModel? {
    guard study.models.count > 1 else { return nil }
    let covariance = LossCovariance(losses: study.exampleLosses)
    let triangle = try await Pieces.map(study.models.count, cores: cores, pieces: 16) {
      covariance.triangle(rows: $0)
    }
    return NoiseModel(
      draws: study.models.map(\.draws), gap: study.gap,
      gapNoise: ExampleNoise(
        triangle: triangle, examples: study.configuration.evaluationImages))
  }

  private func equivalence(_ relation: Relation) -> EquivalenceTest {
    let test = Equivalence(
      r: relation.pearson.value, count: study.models.count, delta: study.settings.equivalence,
      alpha: study.settings.alpha)
    return EquivalenceTest(
      bound: study.settings.equivalence, p: test.p, interval90: Interval(test.interval90))
  }
}
