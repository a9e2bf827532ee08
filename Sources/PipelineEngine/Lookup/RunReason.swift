import ArtifactCache

/// Why a branch has no valid result and must run.
package enum RunReason: Sendable, Equatable {
  /// No record of this branch exists.
  case neverRan
  /// The key has changed; the fields in which its pre-image differs from that of the latest record.
  case changed([KeyDifference])
  /// A record with this key exists, but an object that it names is missing or damaged.
  case outputsLost(output: String)
  /// `pipe invalidate` asked for it, seconds since 1970.
  case invalidated(at: Double)
  /// `--force`.
  case forced

  /// One word for tables and for `--json`.
  package var word: String {
    switch self {
    case .neverRan: "never-ran"
    case .changed(let differences): Self.word(for: differences)
    case .outputsLost: "outputs-lost"
    case .invalidated: "invalidated"
    case .forced: "forced"
    }
  }

  private static func word(for differences: [KeyDifference]) -> String {
    switch differences.first?.tag {
    case .code: "code"
    case .parameter, .axis: "parameters"
    case .input, .file: "inputs"
    case .command, .output, .kind, nil: "definition"
    case .environment, .absent: "environment"
    case .tool, .platform: "tools"
    }
  }
}

extension RunReason {
  /// The reason for a key that has no record, told from the latest record of the same branch.
  static func reason(for preimage: KeyPreimage, after latest: Record?) -> RunReason {
    guard let latest else { return .neverRan }
    guard let old = KeyPreimage(decoding: latest.preimage) else { return .neverRan }
    return .changed(preimage.differences(from: old))
  }
}

extension RunReason {
  /// Why a run of the past took place, told from its record and the one before.
  static func reason(for record: Record, after earlier: Record?) -> RunReason {
    guard let preimage = KeyPreimage(decoding: record.preimage) else { return .neverRan }
    return reason(for: preimage, after: earlier)
  }
}
