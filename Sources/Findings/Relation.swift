/// How S (x) and G (y) go together as measured, noise included.
package struct Relation: Codable, Sendable, Equatable {
  /// The correlation that decides, of the kind that was asked for.
  package var primary: PrimaryCorrelation
  /// Pearson's r with its t-test and Fisher's interval.
  package var pearson: Correlation
  /// Spearman's ρ on mid-ranks; p from t with N − 2 degrees of freedom, Fisher's interval.
  package var spearman: Correlation
  /// Kendall's τ_b.
  package var kendall: KendallCorrelation
  /// Pearson's r of S and G with the training loss held constant, which both contain.
  package var partialGivenTrainLoss: PartialCorrelation?
  /// Least-squares line of G on S with its confidence band.
  package var line: FittedLine
  /// Median of the slopes between all pairs of points (Theil and Sen).
  package var theilSenSlope: Double

  package init(
    primary: PrimaryCorrelation, pearson: Correlation, spearman: Correlation,
    kendall: KendallCorrelation, partialGivenTrainLoss: PartialCorrelation?, line: FittedLine,
    theilSenSlope: Double
  ) {
    self.primary = primary
    self.pearson = pearson
    self.spearman = spearman
    self.kendall = kendall
    self.partialGivenTrainLoss = partialGivenTrainLoss
    self.line = line
    self.theilSenSlope = theilSenSlope
  }
}

/// The correlation that decides, with everything that does not assume normal distributions.
package struct PrimaryCorrelation: Codable, Sendable, Equatable {
  package var kind: AnalysisSettings.Primary
  package var value: Double
  /// Two-sided p of the usual test of this kind.
  package var p: Double
  /// After Holm's correction over the family of confirmatory tests, here a family of one: of `p`, or
  /// with several configurations of the p by t that counts configurations instead of models.
  package var holmP: Double
  /// 95 % bootstrap over models, or over configurations where there are enough; percentiles.
  package var percentile: Interval
  /// The same bootstrap, bias-corrected and accelerated: the interval of the verdict.
  package var bca: Interval
  /// (b + 1)/(R + 1), two-sided, from R random permutations.
  package var permutationP: Double

  package init(
    kind: AnalysisSettings.Primary, value: Double, p: Double, holmP: Double, percentile: Interval,
    bca: Interval, permutationP: Double
  ) {
    self.kind = kind
    self.value = value
    self.p = p
    self.holmP = holmP
    self.percentile = percentile
    self.bca = bca
    self.permutationP = permutationP
  }
}

/// A correlation with its two-sided p and its 95 % interval by Fisher's transformation.
package struct Correlation: Codable, Sendable, Equatable {
  package var value: Double
  package var p: Double
  package var interval: Interval

  package init(value: Double, p: Double, interval: Interval) {
    self.value = value
    self.p = p
    self.interval = interval
  }
}

/// Kendall's τ_b with its two-sided p.
package struct KendallCorrelation: Codable, Sendable, Equatable {
  package var value: Double
  package var p: Double
  /// True: p from the exact distribution; false: normal approximation with tie correction.
  package var isExact: Bool

  package init(value: Double, p: Double, isExact: Bool) {
    self.value = value
    self.p = p
    self.isExact = isExact
  }
}

/// A correlation of residuals.
package struct PartialCorrelation: Codable, Sendable, Equatable {
  package enum Method: String, Codable, Sendable {
    /// Residuals of a straight line: all models have one configuration.
    case linear
    /// Ranks, residuals of a cubic: several configurations.
    case cubicOnRanks
  }

  package var method: Method
  package var value: Double
  package var t: Double
  package var degreesOfFreedom: Int
  package var p: Double

  package init(method: Method, value: Double, t: Double, degreesOfFreedom: Int, p: Double) {
    self.method = method
    self.value = value
    self.t = t
    self.degreesOfFreedom = degreesOfFreedom
    self.p = p
  }
}

/// A least-squares line y = intercept + slope·x with the 95 % confidence band of its mean.
package struct FittedLine: Codable, Sendable, Equatable {
  package var slope: Double
  package var intercept: Double
  /// Standard error of the slope.
  package var slopeError: Double
  /// Standard deviation of y about the line (N − 2 in the denominator).
  package var residualDeviation: Double
  /// The band on a grid of equal steps from the smallest to the largest x.
  package var band: [BandPoint]

  package init(
    slope: Double, intercept: Double, slopeError: Double, residualDeviation: Double,
    band: [BandPoint]
  ) {
    self.slope = slope
    self.intercept = intercept
    self.slopeError = slopeError
    self.residualDeviation = residualDeviation
    self.band = band
  }
}

/// The line and its band at one x.
package struct BandPoint: Codable, Sendable, Equatable {
  package var x: Double
  package var y: Double
  package var lower: Double
  package var upper: Double

  package init(x: Double, y: Double, lower: Double, upper: Double) {
    self.x = x
    self.y = y
    self.lower = lower
    self.upper = upper
  }
}
