/// What the planner may ask about the project's files; used only to explain an unclear input.
///
/// An input like `count.py` is a file unless a stage `count` has an output `py`. When it is neither a
/// reference nor a file that exists, the planner says so instead of leaving it to the run.
package protocol ProjectListing {
  /// Whether a file or folder exists at a project-relative path.
  func exists(_ path: String) -> Bool
}

/// A project without files.
package struct EmptyListing: ProjectListing {
  package init() {}
  package func exists(_ path: String) -> Bool { false }
}

/// Turns the text of `pipeline.json` into a plan, or into everything that is wrong with it.
package enum ManifestLoader {
  /// Reads, checks and plans.
  ///
  /// - Parameters:
  ///   - file: The name of the file as the user knows it, for messages.
  ///   - text: Its bytes.
  ///   - kinds: The built-in stage kinds.
  ///   - overrides: What `--set` says, in order; a later one wins.
  ///   - files: The project's files.
  /// - Returns: The plan.
  /// - Throws: Every problem at once, in file order; those of overrides last.
  package static func plan(
    file: String, text: [UInt8], kinds: StageKinds, overrides: [Override] = [],
    files: some ProjectListing = EmptyListing()
  ) throws(InvalidManifest) -> Plan {
    throw InvalidManifest(file: file, problems: [])
  }
}
