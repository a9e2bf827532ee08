/// How much of the differences between models is real, and the ceiling this sets to any correlation.
///
/// A reliability is the share of the variance between models that is not noise. An estimate can fall
/// below 0; it is shown as it is.
package struct Reliability: Codable, Sendable, Equatable {
  /// Of S; nil for single draws, for fewer than four models, or when all S are equal.
  package var sharpness: SharpnessReliability?
  /// Of G; nil for fewer than four models, or when all G are equal.
  package var gap: GapReliability?
  /// √(reliability of S · reliability of G); nil unless both are positive.
  ///
  /// The largest raw correlation that a perfect relation would show.
  package var ceiling: Double?

  package init(
    sharpness: SharpnessReliability?, gap: GapReliability?, ceiling: Double?
  ) {
    self.sharpness = sharpness
    self.gap = gap
    self.ceiling = ceiling
  }
}

/// Reliability of S against the luck of its draws, by one-way analysis of variance.
package struct SharpnessReliability: Codable, Sendable, Equatable {
  /// ICC(1,1): of a single draw.
  package var single: Double
  /// ICC(1,k): of the mean of the k draws, which is S.
  package var mean: Double
  /// 95 % percentile bootstrap interval of ``mean``, over models.
  package var interval: Interval
  /// Draws a model, k; antithetic pairs count once.
  package var draws: Int
  /// Variance of S between models that is not noise of the draws; may be negative.
  package var betweenVariance: Double
  /// Variance of one draw within a model.
  package var withinVariance: Double
  /// Draws that a reliability of .9 needs; nil when ``single`` is not positive.
  package var drawsNeeded: Int?
  /// Expected reliability for other numbers of draws; empty when ``single`` is not positive.
  package var curve: [CurvePoint]

  package struct CurvePoint: Codable, Sendable, Equatable {
    package var draws: Int
    package var reliability: Double

    package init(draws: Int, reliability: Double) {
      self.draws = draws
      self.reliability = reliability
    }
  }

  package init(
    single: Double, mean: Double, interval: Interval, draws: Int, betweenVariance: Double,
    withinVariance: Double, drawsNeeded: Int?, curve: [CurvePoint]
  ) {
    self.single = single
    self.mean = mean
    self.interval = interval
    self.draws = draws
    self.betweenVariance = betweenVariance
    self.withinVariance = withinVariance
    self.drawsNeeded = drawsNeeded
    self.curve = curve
  }
}

/// Reliability of G against the luck of the evaluation examples.
package struct GapReliability: Codable, Sendable, Equatable {
  /// 1 − noise variance of G / variance of G between models.
  package var value: Double
  /// 95 % percentile bootstrap interval of ``value``, over models.
  package var interval: Interval
  /// The same by random halves of the evaluation set; nil when it has fewer than four examples.
  ///
  /// Mean correlation of the halves' gaps, stepped up by Spearman and Brown.
  package var splitHalf: Double?
  /// Number of random halvings behind ``splitHalf``.
  package var splits: Int

  package init(value: Double, interval: Interval, splitHalf: Double?, splits: Int) {
    self.value = value
    self.interval = interval
    self.splitHalf = splitHalf
    self.splits = splits
  }
}
