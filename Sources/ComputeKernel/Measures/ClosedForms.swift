/// Measures that one look at every image gives exactly.
package struct ClosedForms: Sendable, Hashable {
  package var loss: Double
  /// Tr H for ReLU (almost everywhere), the Gauss–Newton trace otherwise; its parts by layer.
  package var traceW1: Double
  package var traceW2: Double
  package var trace: Double { traceW1 + traceW2 }
  /// Σ w²·H_ii, unchanged when a layer is scaled and the next one scaled back.
  package var relTrace: Double
  /// Relative flatness of the output layer.
  package var relFlat: Double
  /// The mean squared length of the gradients of single images.
  package var gradVar: Double

  /// - Parameter means: over images, in the order ℓ, traces of W1 and of W2, relTrace, relFlat,
  ///   gradVar.
  init(means: [Double]) {
    precondition(means.count == 6)
    loss = means[0]
    traceW1 = means[1]
    traceW2 = means[2]
    relTrace = means[3]
    relFlat = means[4]
    gradVar = means[5]
  }
}
