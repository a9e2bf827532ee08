/// An output that a command must make.
package struct DeclaredOutput: Sendable {
  package enum Form: Sendable {
    case file
    case folder
  }

  package let name: String
  /// Relative to where the command runs.
  package let path: ProjectPath
  package let form: Form

  package init(name: String, path: ProjectPath, form: Form) {
    self.name = name
    self.path = path
    self.form = form
  }
}
