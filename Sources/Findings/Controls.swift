/// Correlations that must be absent, must be present, or explain others; nil where not computable.
package struct Controls: Codable, Sendable, Equatable {
  /// Negative control: one uniform random number a model against G; its interval should hold 0.
  package var randomNumber: Correlation?
  /// Positive control: G on one random half of the evaluation set against G on the other.
  package var halfGaps: Correlation?
  /// The points behind ``halfGaps``, in the order of models; empty without it.
  package var halfGapPoints: [HalfGap]
  /// S against the training loss.
  package var sharpnessAndTrainLoss: Correlation?
  /// G against the training loss.
  package var gapAndTrainLoss: Correlation?
  /// S against the test loss.
  package var sharpnessAndTestLoss: Correlation?
  /// S against the error gap.
  package var sharpnessAndErrorGap: Correlation?

  package struct HalfGap: Codable, Sendable, Equatable {
    package var model: Int
    package var first: Double
    package var second: Double

    package init(model: Int, first: Double, second: Double) {
      self.model = model
      self.first = first
      self.second = second
    }
  }

  package init(
    randomNumber: Correlation?, halfGaps: Correlation?, halfGapPoints: [HalfGap],
    sharpnessAndTrainLoss: Correlation?, gapAndTrainLoss: Correlation?,
    sharpnessAndTestLoss: Correlation?, sharpnessAndErrorGap: Correlation?
  ) {
    self.randomNumber = randomNumber
    self.halfGaps = halfGaps
    self.halfGapPoints = halfGapPoints
    self.sharpnessAndTrainLoss = sharpnessAndTrainLoss
    self.gapAndTrainLoss = gapAndTrainLoss
    self.sharpnessAndTestLoss = sharpnessAndTestLoss
    self.sharpnessAndErrorGap = sharpnessAndErrorGap
  }
}
