package import ArtifactCache

/// One file that a branch reads from the project, as it was when this run first looked at it.
package struct SourceFile: Sendable, Hashable {
  /// Relative to the project, or absolute where the input was declared so.
  package let path: String
  package let isExecutable: Bool
  package let digest: Digest
  package let signature: FileSignature
  /// Whether an unchanged signature proves unchanged content; see ``FileSignature/isSettled(at:)``.
  let isSettled: Bool

  /// Bytes of content.
  package var size: Int { Int(signature.size) }

  /// The place in the project; nil for an absolute input.
  package var projectPath: ProjectPath? { try? ProjectPath(path) }
}
