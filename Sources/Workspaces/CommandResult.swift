package import ArtifactCache

/// What an attempt of a command gave.
package struct CommandResult: Sendable {
  /// In the order of their declarations; all are in the store.
  package let outputs: [StoredOutput]
  /// What the command printed, as it printed it.
  package let log: [UInt8]
  /// Seconds that the command ran.
  package let duration: Double
  /// What lay at the outputs' places before and was moved away; only in `"workdir": "project"`.
  package var displaced: [DisplacedFile] = []
  /// The files of the outputs, which ``WorkTree/restore(_:at:recorded:made:)`` may take.
  package let made: MadeFiles
}
