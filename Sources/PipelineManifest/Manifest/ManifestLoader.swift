/// What the planner may ask about the project's files.
///
/// An input like `count.py` is a file unless a stage `count` has an output `py`. When it is neither a
/// reference nor a file that exists, the planner says so instead of leaving it to the run.
package protocol ProjectListing {
  /// Whether a file or folder exists at a project-relative path.
  func exists(_ path: String) -> Bool

  /// Whether an input that no stage makes, relative or absolute, is known not to exist.
  func isMissing(_ path: String) -> Bool

  /// An existing path like `path`, if one is near.
  func nearest(to path: String) -> String?

  /// Where in the project an absolute folder is, links followed: empty for the project itself, nil
  /// outside.
  func place(ofFolder absolute: String) -> String?

  /// The places in the project that are the folder of the cache, of which `pipeline.json` says
  /// `declared`.
  func cachePlaces(declared: String?) -> [String]
}

extension ProjectListing {
  package func isMissing(_ path: String) -> Bool { false }
  package func nearest(to path: String) -> String? { nil }

  package func place(ofFolder absolute: String) -> String? { nil }

  package func cachePlaces(declared: String?) -> [String] {
    guard let declared, declared.utf8.first != UInt8(ascii: "/"),
      let path = try? ProjectPath.normal(declared, isAbsoluteAllowed: false), !path.isEmpty
    else { return [] }
    return [path]
  }
}

/// A project whose files nobody has looked at.
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
    let document = JSONReader.read(text)
    var log = ProblemLog()
    for slip in document.slips {
      log.add(at: slip.offset, slip.message, found: slip.found, expected: slip.expected)
    }
    let plan = document.isReliable ? plan(document, kinds, overrides, file, files, &log) : nil
    guard let plan, log.isEmpty else {
      throw InvalidManifest(
        file: file, problems: log.problems(in: document, overrides: overrides))
    }
    return plan
  }

  private static func plan(
    _ document: JSONDocument, _ kinds: StageKinds, _ overrides: [Override], _ file: String,
    _ files: some ProjectListing, _ log: inout ProblemLog
  ) -> Plan? {
    var reader = ManifestReader(document, kinds: kinds, log: log)
    reader.read()
    var override = OverrideReader(draft: reader.draft, log: reader.log)
    override.apply(overrides)
    let name = file.split(separator: "/").last.map(String.init) ?? file
    var planner = Planner(
      document, override.draft, manifestName: name, log: override.log, files: files)
    let plan = planner.plan()
    log = planner.log
    return plan
  }
}
