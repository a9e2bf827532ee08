/// What this number of models and draws could have found.
package struct Power: Codable, Sendable, Equatable {
  /// The smallest |r| that is significant with N models; nil for N < 4.
  package var criticalR: Double?
  /// True raw correlations found with probability 80 % and 90 %; nil for N < 4.
  package var detectable80: Double?
  package var detectable90: Double?
  /// The same as correlations without noise, divided by the ceiling; above 1 nothing is detectable.
  package var detectableCorrected80: Double?
  package var detectableCorrected90: Double?
  /// Models needed to show (80 %) that no correlation is larger than δ, at this ceiling; nil without.
  package var modelsForEquivalence: Int?
  /// The same if S were known exactly, so that only G is noisy; nil without its reliability.
  package var modelsForEquivalenceWithExactSharpness: Int?
  /// Detectable correlations for other numbers of models.
  package var curve: [CurvePoint]

  package struct CurvePoint: Codable, Sendable, Equatable {
    package var models: Int
    package var detectable80: Double
    package var detectable90: Double

    package init(models: Int, detectable80: Double, detectable90: Double) {
      self.models = models
      self.detectable80 = detectable80
      self.detectable90 = detectable90
    }
  }

  package init(
    criticalR: Double?, detectable80: Double?, detectable90: Double?,
    detectableCorrected80: Double?, detectableCorrected90: Double?, modelsForEquivalence: Int?,
    modelsForEquivalenceWithExactSharpness: Int?, curve: [CurvePoint]
  ) {
    self.criticalR = criticalR
    self.detectable80 = detectable80
    self.detectable90 = detectable90
    self.detectableCorrected80 = detectableCorrected80
    self.detectableCorrected90 = detectableCorrected90
    self.modelsForEquivalence = modelsForEquivalence
    self.modelsForEquivalenceWithExactSharpness = modelsForEquivalenceWithExactSharpness
    self.curve = curve
  }
}
