/// Which correlation.
package enum CorrelationKind: String, Sendable, CaseIterable {
  case pearson
  case spearman
  case kendall

  /// r, ρ or τ_b of two lists of the same length, or nil where one of them does not vary.
  package func value(_ x: [Double], _ y: [Double]) -> Double? {
    switch self {
    case .pearson: Pearson.correlation(x, y)
    case .spearman: Spearman.correlation(x, y)
    case .kendall: Kendall(x, y).tauB
    }
  }
}
