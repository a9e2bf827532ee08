/// A correlation, both reliabilities and the corrected correlation in bootstrap resamples of points.
package struct CorrectedBootstrap: Sendable {
  private let correlation: WeightedCorrelation
  private let kind: CorrelationKind
  private let noise: NoiseModel?
  private let resampler: Resampler

  /// Without `noise` only the correlation is computed.
  package init(
    _ kind: CorrelationKind, _ x: [Double], _ y: [Double], noise: NoiseModel?,
    resampler: Resampler
  ) {
    self.kind = kind
    correlation = WeightedCorrelation(kind, x, y)
    self.noise = noise
    self.resampler = resampler
  }

  /// One resample; nil is undefined there.
  package struct Replicate: Sendable, Equatable {
    package var correlation: Double?
    package var sharpnessReliability: Double?
    package var gapReliability: Double?

    /// Correlation / √(product of reliabilities), ±∞ where a reliability is not positive.
    ///
    /// Infinity is what the quotient tends to: such a resample bounds nothing.
    package func corrected(_ kind: CorrelationKind) -> Double? {
      guard let correlation else { return nil }
      return Attenuation.corrected(
        correlation, kind, sharpnessReliability ?? 0, gapReliability ?? 0)
    }
  }

  package func replicates(_ range: Range<Int>) -> [Replicate] {
    range.map { replicate in
      let weights = resampler.weights(replicate: replicate)
      return Replicate(
        correlation: correlation.value(weights: weights),
        sharpnessReliability: noise?.sharpnessReliability(weights: weights),
        gapReliability: noise?.gapReliability(weights: weights))
    }
  }

  /// The correlation without one unit at a time.
  package func jackknife() -> [Double] {
    (0..<resampler.unitCount).compactMap {
      correlation.value(weights: resampler.weights(without: $0))
    }
  }
}
