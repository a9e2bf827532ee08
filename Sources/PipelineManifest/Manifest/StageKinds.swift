package import StageInterface

/// The built-in stage kinds by their words, as the manifest needs to know them.
package struct StageKinds: Sendable {
  /// One kind: its public face, its code version and its own check of parameters.
  package struct Kind: Sendable {
    package let declaration: StageDeclaration
    package let codeVersion: String
    package let problems: @Sendable (ParameterValue) -> [ParameterProblem]

    package init(
      _ declaration: StageDeclaration, codeVersion: String,
      problems: @escaping @Sendable (ParameterValue) -> [ParameterProblem] = { _ in [] }
    ) {
      self.declaration = declaration
      self.codeVersion = codeVersion
      self.problems = problems
    }

    /// The kind that a stage type implements.
    package init(_ stage: (some Stage).Type) {
      self.init(stage.declaration, codeVersion: stage.codeVersion) { stage.problems(in: $0) }
    }
  }

  /// The word of the kind that runs any program; no declaration may use it.
  package static let command = "command"

  /// In the order given.
  package let kinds: [Kind]
  private let index: [String: Int]

  package init(_ kinds: [Kind]) {
    self.kinds = kinds
    index = Dictionary(
      kinds.enumerated().map { ($1.declaration.kind, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package subscript(word word: String) -> Kind? { index[word].map { kinds[$0] } }

  /// Every word that `"kind"` may have.
  package var words: [String] { kinds.map(\.declaration.kind) + [Self.command] }
}
