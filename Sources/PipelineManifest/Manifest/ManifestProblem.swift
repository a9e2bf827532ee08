/// A place in a text.
package struct SourcePosition: Sendable, Hashable, Comparable {
  /// Counted from 1.
  package let line: Int
  /// Counted from 1, in Unicode scalars, as editors count.
  package let column: Int
  /// In bytes, from 0.
  package let offset: Int

  package init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    left.offset < right.offset
  }
}

/// One mistake in `pipeline.json` or in a `--set`: where, what was found, what was expected.
package struct ManifestProblem: Sendable, Hashable {
  package enum Location: Sendable, Hashable {
    case file(SourcePosition)
    /// The text that followed `--set`.
    case override(String)
  }

  package let location: Location
  /// Members on the way to the place: `stages.train.params.sigma`, `stages.words.command[2]`.
  package let path: String
  /// One sentence without a full stop.
  package let message: String
  package let found: String?
  package let expected: String?
  /// The nearest valid name, when one is near.
  package let suggestion: String?

  package init(
    location: Location, path: String, message: String, found: String? = nil,
    expected: String? = nil, suggestion: String? = nil
  ) {
    self.location = location
    self.path = path
    self.message = message
    self.found = found
    self.expected = expected
    self.suggestion = suggestion
  }

  /// Counted from 1; 0 for a `--set`.
  package var line: Int {
    if case .file(let position) = location { position.line } else { 0 }
  }

  /// Counted from 1; 0 for a `--set`.
  package var column: Int {
    if case .file(let position) = location { position.column } else { 0 }
  }

  /// One problem as text: place and message, then aligned facts.
  ///
  /// - Parameter file: The name of the manifest as the user knows it.
  /// - Returns: Lines without a trailing line break.
  package func text(file: String) -> String {
    var text =
      switch location {
      case .file(let position): "\(file):\(position.line):\(position.column): \(message)"
      case .override(let argument): "--set \(argument): \(message)"
      }
    if !path.isEmpty { text += "\n  at        \(path)" }
    if let found { text += "\n  found     \(found)" }
    if let expected { text += "\n  expected  \(expected)" }
    if let suggestion { text += "\n  hint: did you mean '\(suggestion)'?" }
    return text
  }
}

/// A manifest that cannot be planned, with every problem found, in file order.
package struct InvalidManifest: Error, CustomStringConvertible {
  package let file: String
  package let problems: [ManifestProblem]

  package init(file: String, problems: [ManifestProblem]) {
    self.file = file
    self.problems = problems
  }

  package var description: String {
    problems.map { $0.text(file: file) }.joined(separator: "\n")
  }
}
