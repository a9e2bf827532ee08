/// What an analysis is asked for; the parameters of the stage.
package struct AnalysisSettings: Codable, Sendable, Equatable {
  /// How the changes of loss of one model become its sharpness S.
  package enum Statistic: String, Codable, Sendable {
    /// Mean of |L(w + σδ) − L(w)|.
    case abs
    /// Mean of L(w + σδ) − L(w).
    case signed
    /// Mean of ½[L(w + σδ) + L(w − σδ)] − L(w); needs antithetic draws.
    case pair
  }

  /// The correlation that decides.
  package enum Primary: String, Codable, Sendable {
    case pearson
    case spearman
    case kendall
  }

  package var statistic: Statistic
  package var primary: Primary
  /// Probability of a false alarm; intervals cover 1 − alpha.
  package var alpha: Double
  /// δ: correlations within ±δ count as none.
  package var equivalence: Double
  /// Resamples of the bootstrap.
  package var bootstrap: Int
  /// Random permutations.
  package var permutations: Int
  /// The σ whose moves are analyzed; nil where the perturbations have one only.
  package var sigma: Double?

  package init(
    statistic: Statistic, primary: Primary, alpha: Double, equivalence: Double, bootstrap: Int,
    permutations: Int, sigma: Double? = nil
  ) {
    self.statistic = statistic
    self.primary = primary
    self.alpha = alpha
    self.equivalence = equivalence
    self.bootstrap = bootstrap
    self.permutations = permutations
    self.sigma = sigma
  }
}
