package import StageInterface

/// One stage of the plan.
package struct PlannedStage: Sendable {
  package let name: String
  /// `command`, or the word of a built-in kind.
  package let kind: String
  package let description: String?
  /// Nil for a command.
  package let declaration: StageDeclaration?
  /// ``StageKinds``' code version of the kind; empty for a command.
  package let codeVersion: String
  /// Own and inherited axes, by name.
  package let axes: [PlannedAxis]
  package let branches: Range<BranchID>
  /// Nil for a built-in kind.
  package let command: CommandSpecification?
  package let outputs: [DeclaredOutput]
  /// The stages that this one reads from, one entry for each input that is an edge, in file order.
  package let sources: [StageSource]
  /// Edges on the longest way from here to a stage that nobody reads; ready work of small depth is
  /// nearest the end of the pipeline.
  package let depth: Int
  /// Where the stage's name stands in the file.
  package let position: SourcePosition
}

/// One axis of a stage.
package struct PlannedAxis: Sendable {
  package let name: String
  /// True when the stage's own `map` makes it, false when an input carries it along.
  package let isOwn: Bool
  /// In the order of the file.
  package let values: [ParameterValue]
}

/// An output as the stage declares it, before axes are filled in.
package struct DeclaredOutput: Sendable {
  package let name: String
  package let form: PlannedOutput.Form
  /// The path as written, with its placeholders; nil: the output stays in the store.
  package let path: String?
}

/// One edge between stages.
package struct StageSource: Sendable, Hashable {
  /// Index of the stage that is read.
  package let stage: Int
  package let input: String
  /// True for `train@*` and for files that several branches make.
  package let isCollected: Bool
}
