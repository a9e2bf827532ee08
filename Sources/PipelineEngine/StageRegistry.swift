package import PipelineManifest
package import StageInterface

/// The built-in stage kinds of this program, by their words.
package struct StageRegistry: Sendable {
  private let stages: [any Stage.Type]

  package init(_ stages: [any Stage.Type]) {
    self.stages = stages
  }

  /// What the manifest needs to know of them.
  package var kinds: StageKinds {
    StageKinds(stages.map { StageKinds.Kind($0) })
  }

  func make(_ kind: String) -> (any Stage)? {
    stages.first { $0.declaration.kind == kind }?.init()
  }
}
