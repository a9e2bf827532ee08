package import ArtifactCache
package import PipelineManifest
package import StageInterface
package import Workspaces

/// An input of a branch whose content is known.
package struct ResolvedInput: Sendable {
  package enum Content: Sendable {
    /// The consumed outputs of one branch.
    case artifacts(BranchOutputs)
    case collected(ResolvedCollection)
    case files([ResolvedFile])
  }

  package let name: String
  package let content: Content
}

/// The outputs of one branch that an input consumes, in the order of its declaration.
package struct BranchOutputs: Sendable {
  package let branch: BranchID
  package let outputs: [StoredOutput]
}

/// The content of a collected input, shared by all branches that read the same collection.
package struct ResolvedCollection: Sendable {
  package struct Element: Sendable {
    /// Parallel to the collection's axes.
    package let axisValues: [ParameterValue]
    package let content: BranchOutputs
  }

  package let axes: [String]
  package let elements: [Element]
  /// Of the ordered list of axis values and content digests.
  package let digest: Digest
  /// The same with the paths at which a command finds the content.
  package let stagedDigest: Digest
}

/// One file of a file input: from the project, or from the store when another stage makes it.
package struct ResolvedFile: Sendable {
  package enum Content: Sendable {
    case source(SourceFile)
    /// An output, whole: a file or a folder.
    case stored(StoredOutput)
  }

  /// Project-relative, or absolute.
  package let path: String
  package let content: Content
}
