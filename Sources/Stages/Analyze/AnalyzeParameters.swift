import StageInterface

/// The parameters of kind `analyze`, which `AnalysisSettings` is decoded from.
enum AnalyzeParameters {
  static let declarations = [
    Parameter(
      "statistic",
      "How changes of loss become sharpness: mean size, signed mean, or mean of antithetic pairs.",
      .choice(["abs", "signed", "pair"]), default: .string("abs")),
    Parameter(
      "primary", "The correlation that decides.",
      .choice(["pearson", "spearman", "kendall"]), default: .string("pearson")),
    Parameter(
      "alpha", "Probability of a false alarm; intervals cover 1 − alpha.",
      .number(NumberRange(from: 1e-6, to: 0.4)), default: .number(0.05)),
    Parameter(
      "equivalence", "Correlations within ± this bound count as none.",
      .number(NumberRange(from: 0, to: 1, includesLower: false, includesUpper: false)),
      default: .number(0.2)),
    Parameter(
      "bootstrap", "Resamples of the bootstrap.", .integer(100...10_000_000),
      default: .integer(10_000)),
    Parameter(
      "permutations", "Random permutations for the permutation test.", .integer(99...10_000_000),
      default: .integer(9_999)),
    Parameter(
      "sigma", "Which 'sigma' of the perturbations to analyze, where they have several.",
      .number(NumberRange(from: 0, to: 1e6))),
  ]
}
