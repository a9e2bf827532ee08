package import StageInterface

/// One input of a branch.
package struct PlannedInput: Sendable {
  package let name: String
  package let source: InputSource
}

/// Where an input comes from.
package enum InputSource: Sendable {
  /// Artifacts of one branch: for a built-in kind those its declaration consumes, in that order; for a
  /// command exactly one.
  case outputs(BranchID, [String])
  /// The branches of ``Plan/collections`` at this index, and the artifacts that each of them gives.
  case collected(CollectionID, [String])
  /// Files of the project, or an absolute path. `producers` are the declared outputs that the pattern
  /// covers or lies in, by path; empty for plain sources. The array is shared by all branches that use
  /// the same pattern. Several producing branches are also in ``PlannedBranch/collections``.
  case files(FilePattern, producers: [ProducedPath])
}

/// Branches that are read together, in the order of the plan.
package struct BranchCollection: Sendable {
  /// The axes collected along, by name; empty for files that several branches make.
  package let axes: [String]
  package let elements: [CollectedElement]
  /// The branches of `elements`, each once, ascending.
  package let branches: [BranchID]
}

/// One branch of a collection.
package struct CollectedElement: Sendable {
  /// Parallel to ``BranchCollection/axes``.
  package let axisValues: [ParameterValue]
  package let branch: BranchID
}

/// A declared output that a file input covers or lies in.
package struct ProducedPath: Sendable, Hashable {
  package let branch: BranchID
  package let output: String
  /// Project-relative path of the output; a folder has no trailing slash.
  package let path: String
}

/// Files of the project, or an absolute path; normal form without `./`, `//` and trailing `/`.
package enum FilePattern: Sendable, Hashable {
  case file(String)
  /// Everything below the folder.
  case folder(String)
  /// `*` and `?` stay within a path component, `**/` crosses them, `[a-z]` and `[!a-z]` are classes.
  case glob(String)

  /// By bytes, as file systems compare.
  package static func == (left: FilePattern, right: FilePattern) -> Bool {
    left.kind == right.kind && left.text.utf8.elementsEqual(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(PathKey(path: text))
  }

  private var kind: UInt8 {
    switch self {
    case .file: 0
    case .folder: 1
    case .glob: 2
    }
  }

  /// The path or pattern as text.
  package var text: String {
    switch self {
    case .file(let path), .glob(let path): path
    case .folder(let path): path + "/"
    }
  }
}
