/// What training one network produced.
package struct TrainingOutcome: Sendable {
  package var network: Network
  /// The mean loss per example seen in each epoch, each taken before the step that used it.
  package var epochLosses: [Double]
  /// Optimiser steps taken.
  package var steps: Int
  /// Whether the target loss was reached before a cap; nil without a target.
  package var reachedTarget: Bool?
}
