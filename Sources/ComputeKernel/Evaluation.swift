/// How one network does on a set of images.
package struct Evaluation: Sendable, Hashable {
  /// The mean of the per-image losses, summed in f64; not finite when the network overflowed.
  package var meanLoss: Double
  /// The share of images whose largest output is that of their label (the first on a tie).
  package var accuracy: Double
  /// The loss of every image in the order of the data set, when asked for.
  package var losses: [Float]?
}
