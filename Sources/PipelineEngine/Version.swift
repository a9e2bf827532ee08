/// The version of this program, as `pipe --version` and records state it.
package enum Version {
  package static let text = "0.1.0"
}
