/// All that one analysis found out, and so all that a report may show.
///
/// Every number is finite: what could not be computed is nil, and ``verdict`` says why when that keeps
/// the question open. Losses are mean cross-entropies in nats, accuracies and error gaps shares from 0
/// to 1. S is the measure of sharpness, G = test loss − training loss the gap it is related to; "test"
/// means the evaluation set. "95 %" stands for 1 − α and "90 %" for 1 − 2α where another α
/// than .05 was asked for.
package struct StudyFindings: Codable, Sendable, Equatable {
  /// Version of this format; a reader refuses any other.
  package var format: Int
  /// ``verdict`` in one sentence, for readers of the JSON.
  package var answer: String
  /// The answer of this study to "does sharpness go with the gap?".
  package var verdict: Verdict
  /// What was trained, perturbed and asked for.
  package var configuration: StudyConfiguration
  /// Means, spreads and quantiles over the models.
  package var population: Population
  /// One point a model, in the order of model numbers: the scatter, and every histogram's values.
  package var points: [ModelPoint]
  /// How S and G go together as measured; nil when they cannot be correlated (see ``verdict``).
  package var relation: Relation?
  /// How much of the differences between models is real: S against its draws, G against its examples.
  package var reliability: Reliability
  /// The correlation freed of the noise of S and G; nil when nothing may be corrected.
  package var corrected: CorrectedCorrelation?
  /// Whether the raw correlation is equivalent to none; nil without ``relation``.
  ///
  /// Not the test of the verdict, which is about the corrected correlation.
  package var equivalence: EquivalenceTest?
  /// What this number of models and draws could have found.
  package var power: Power
  /// Correlations that must be absent, must be present, or explain others.
  package var controls: Controls

  /// The format that this code writes and reads.
  package static let currentFormat = 1

  package init(
    verdict: Verdict, configuration: StudyConfiguration, population: Population,
    points: [ModelPoint], relation: Relation?, reliability: Reliability,
    corrected: CorrectedCorrelation?, equivalence: EquivalenceTest?, power: Power,
    controls: Controls
  ) {
    format = Self.currentFormat
    answer = verdict.sentence
    self.verdict = verdict
    self.configuration = configuration
    self.population = population
    self.points = points
    self.relation = relation
    self.reliability = reliability
    self.corrected = corrected
    self.equivalence = equivalence
    self.power = power
    self.controls = controls
  }
}
