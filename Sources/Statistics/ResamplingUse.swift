package import ReproducibleMath

/// What numbers of the bootstrap stream are for: the word of the counter that elsewhere is the model.
///
/// The draw is the number of the replicate, so that every replicate has numbers of its own, whoever
/// computes it.
package enum ResamplingUse: UInt32, Sendable {
  /// Which points a bootstrap resample takes.
  case points = 0
  /// Which examples a random half takes.
  case halves
  /// One uniform number for each model: the negative control.
  case control

  package func sequence(seed: UInt64, replicate: Int) -> RandomSequence {
    RandomSequence(seed: seed, stream: .bootstrap, model: rawValue, draw: UInt32(replicate))
  }
}
