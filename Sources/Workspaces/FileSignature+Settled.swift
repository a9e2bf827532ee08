import ArtifactCache

extension FileSignature {
  /// Whether a digest begun at `time` (nanoseconds since 1970) may be remembered under this signature.
  ///
  /// File systems stamp with a coarse clock, so a write just after the digest could carry the same time;
  /// git calls such an entry racy. 50 ms is more than any clock tick in use.
  func isSettled(at time: Int64) -> Bool {
    changed < time - 50_000_000
  }
}
