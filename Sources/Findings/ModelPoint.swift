/// What was measured on one model, and the digests of where it stands.
package struct ModelPoint: Codable, Sendable, Equatable {
  /// The model's number, the pipeline's axis.
  package var model: Int
  /// S: mean over the draws of the statistic asked for.
  package var sharpness: Double
  /// Standard error of ``sharpness`` from the spread of its draws; nil for one draw.
  package var sharpnessError: Double?
  /// G = test loss − training loss.
  package var gap: Double
  package var errorGap: Double
  package var trainLoss: Double
  package var testLoss: Double
  package var trainAccuracy: Double
  package var testAccuracy: Double
  package var epochs: Int
  package var steps: Int
  /// Did training reach its target loss? Nil without a target.
  package var reachedTarget: Bool?
  /// Content digest of the weights (safetensors), 64 hexadecimal digits.
  package var weightsDigest: String
  /// Content digest of the table of perturbed losses, 64 hexadecimal digits.
  package var perturbationDigest: String

  package init(
    model: Int, sharpness: Double, sharpnessError: Double?, gap: Double, errorGap: Double,
    trainLoss: Double, testLoss: Double, trainAccuracy: Double, testAccuracy: Double,
    epochs: Int, steps: Int, reachedTarget: Bool?, weightsDigest: String,
    perturbationDigest: String
  ) {
    self.model = model
    self.sharpness = sharpness
    self.sharpnessError = sharpnessError
    self.gap = gap
    self.errorGap = errorGap
    self.trainLoss = trainLoss
    self.testLoss = testLoss
    self.trainAccuracy = trainAccuracy
    self.testAccuracy = testAccuracy
    self.epochs = epochs
    self.steps = steps
    self.reachedTarget = reachedTarget
    self.weightsDigest = weightsDigest
    self.perturbationDigest = perturbationDigest
  }
}
