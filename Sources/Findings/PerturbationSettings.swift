/// How the weights were moved, the same for all models.
package struct PerturbationSettings: Codable, Sendable, Equatable {
  /// Standard deviation, or scale, of the noise.
  package var sigma: Double
  /// Draws a model, M; with antithetic draws each is a pair (+δ and −δ).
  package var draws: Int
  package var antithetic: Bool
  /// Further settings that the tables state (`kind`, `scope`, `on`), sorted by name.
  package var others: [Setting]

  package init(sigma: Double, draws: Int, antithetic: Bool, others: [Setting]) {
    self.sigma = sigma
    self.draws = draws
    self.antithetic = antithetic
    self.others = others
  }
}
