/// A parameter set on the command line: `--set train.optimizer.learningRate=0.01`.
package struct Override: Sendable, Hashable {
  /// As typed, without `--set`.
  package let argument: String

  /// An override as typed.
  ///
  /// The loader reads it, since names of stages may hold dots. The value is JSON where it can be read
  /// as JSON, else a string. Mistakes become ``ManifestProblem``s like those of the file.
  package init(_ argument: String) {
    self.argument = argument
  }
}
