/// One output of a branch.
package struct PlannedOutput: Sendable, Hashable {
  package enum Form: String, Sendable, Hashable {
    case file
    case folder
  }

  package let name: String
  package let form: Form
  /// Project-relative, without a trailing slash; nil: the output stays in the store.
  package let path: String?
}
