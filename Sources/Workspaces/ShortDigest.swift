import ArtifactCache

/// A few digits that tell long names apart.
enum ShortDigest {
  static func of(_ text: String) -> String { String(Digest.of(text).description.prefix(16)) }
}
