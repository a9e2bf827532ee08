/// The answer of a study.
///
/// A large p alone never means "no relation". The cases are tried in this order; the first that holds is the answer.
package enum Verdict: Codable, Sendable, Equatable {
  /// The data could not have answered.
  case notTestable(Obstacle)
  /// S and G go together: Holm's p below α and an interval of r without 0.
  case related(RelatedFinding)
  /// The 90 % interval of the corrected correlation lies within ±δ.
  case noRelationLargerThanDelta(EquivalenceFinding)
  /// Neither could be shown.
  case inconclusive(InconclusiveFinding)

  /// Why the question cannot be put to the data.
  package enum Obstacle: Codable, Sendable, Equatable {
    case tooFewModels(found: Int, needed: Int)
    /// A chance difference between two or three configurations looks like a relation, or hides one.
    case tooFewConfigurations(found: Int, needed: Int)
    case noVariation(of: Quantity)
    /// One draw a model says nothing about the noise of S.
    case singleDraw
    /// The 95 % interval (1 − α) of a reliability reaches 0: differences between models may all be noise.
    case unreliable(
      Quantity, reliability: Double, interval: Interval, coverage: Double = 0.95)
  }

  package enum Quantity: String, Codable, Sendable {
    case sharpness
    case gap
  }

  package struct RelatedFinding: Codable, Sendable, Equatable {
    package var kind: AnalysisSettings.Primary
    package var value: Double
    package var interval: Interval
    /// What ``interval`` covers, 1 − α.
    package var coverage: Double
    package var p: Double
    /// δ, when the relation is also shown to be weaker than δ; else nil.
    package var weakerThanDelta: Double?

    package init(
      kind: AnalysisSettings.Primary, value: Double, interval: Interval, coverage: Double = 0.95,
      p: Double, weakerThanDelta: Double?
    ) {
      self.kind = kind
      self.value = value
      self.interval = interval
      self.coverage = coverage
      self.p = p
      self.weakerThanDelta = weakerThanDelta
    }
  }

  package struct EquivalenceFinding: Codable, Sendable, Equatable {
    package var delta: Double
    package var corrected: Double
    package var interval90: Interval
    /// What ``interval90`` covers, 1 − 2α.
    package var coverage: Double

    package init(
      delta: Double, corrected: Double, interval90: Interval, coverage: Double = 0.9
    ) {
      self.coverage = coverage
      self.delta = delta
      self.corrected = corrected
      self.interval90 = interval90
    }
  }

  package struct InconclusiveFinding: Codable, Sendable, Equatable {
    package var delta: Double
    package var models: Int
    package var draws: Int
    /// Models needed at this many draws to exclude a relation larger than δ.
    package var modelsNeeded: Int
    /// Draws a model that a reliability of .9 of S needs.
    package var drawsNeeded: Int?
    /// Models needed when S is measured with ``drawsNeeded`` draws.
    package var modelsNeededAtThoseDraws: Int?

    package init(
      delta: Double, models: Int, draws: Int, modelsNeeded: Int, drawsNeeded: Int?,
      modelsNeededAtThoseDraws: Int?
    ) {
      self.delta = delta
      self.models = models
      self.draws = draws
      self.modelsNeeded = modelsNeeded
      self.drawsNeeded = drawsNeeded
      self.modelsNeededAtThoseDraws = modelsNeededAtThoseDraws
    }
  }
}
