import PipelineEngine

/// Run reasons in words.
enum ReasonText {
  /// A few words for a table.
  static func short(_ reason: RunReason) -> String {
    switch reason {
    case .neverRan: "never ran"
    case .changed(let differences): differences.first.map(short) ?? "its definition changed"
    case .outputsLost(let output): "output '\(output)' is missing or damaged"
    case .invalidated: "invalidated"
    case .forced: "forced"
    }
  }

  private static func short(_ difference: KeyDifference) -> String {
    switch difference.tag {
    case .kind: "its kind changed"
    case .code: "the code of '\(difference.name)' changed"
    case .command: "its command changed"
    case .parameter: "parameter '\(difference.name)' changed"
    case .axis: "axis '\(difference.name)' changed"
    case .input: "input '\(difference.name)' changed"
    case .file: "file '\(file(difference))' changed"
    case .output: "output '\(difference.name)' is declared otherwise"
    case .environment, .absent: "environment variable '\(difference.name)' changed"
    case .tool: "program '\(difference.name)' changed"
    case .platform: "the platform changed"
    }
  }

  /// One line for each difference, with old and new value.
  static func details(_ reason: RunReason) -> [String] {
    switch reason {
    case .neverRan: ["it never ran: there is no record of it"]
    case .outputsLost(let output):
      ["a result exists, but its output '\(output)' is missing from the store or was damaged"]
    case .invalidated(let time): ["'pipe invalidate' asked for it at \(Quantities.moment(time))"]
    case .forced: ["--force"]
    case .changed(let differences) where differences.isEmpty:
      ["no record has its key, though the latest one was made from the same"]
    case .changed(let differences):
      differences.map { difference in
        let old = abbreviated(difference.old) ?? "absent"
        let new = abbreviated(difference.new) ?? "absent"
        return "\(short(difference)): \(old) → \(new)"
      }
    }
  }

  /// The same of a run of the past, which is told from its record and the one before.
  static func past(_ reason: RunReason) -> [String] {
    switch reason {
    case .neverRan: ["it had never run before"]
    case .changed(let differences) where differences.isEmpty:
      ["it was invalidated or forced, or its outputs had been lost"]
    default: details(reason)
    }
  }

  /// A field's name is `input path`.
  private static func file(_ difference: KeyDifference) -> Substring {
    difference.name.split(separator: " ", maxSplits: 1).last ?? ""
  }

  /// Digests are cut to what people compare.
  private static func abbreviated(_ value: String?) -> String? {
    value?.split(separator: " ", omittingEmptySubsequences: false).map { word in
      word.count == 64 && word.allSatisfy(\.isHexDigit) ? String(word.prefix(8)) : String(word)
    }.joined(separator: " ")
  }
}
