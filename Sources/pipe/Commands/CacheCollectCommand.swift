import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine

/// `pipe cache gc`: away with what nothing needs.
struct CacheCollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc", abstract: "Remove objects and records that nothing needs.",
    discussion: """
      Kept in any case: what is up to date in this project's pipeline as it is now, and what every \
      other project that uses the cache needed when it last ran. Objects that no record names go \
      always; older records go by --older-than and --max-size.
      """)

  @Flag(name: [.customShort("n"), .long], help: "Tell what would go, without removing it.")
  var dryRun = false

  @Option(help: "Remove records older than this: 30d, 12h.", transform: GarbageArguments.age)
  var olderThan: Double?

  @Option(
    help: "Remove the oldest records until this much is left: 2GB, 500MB.",
    transform: GarbageArguments.size)
  var maxSize: Int?

  @Flag(help: "Empty the quarantine, too.")
  var quarantine = false

  @Flag(
    help: "Forget projects that are not where they were when they used the cache, and their needs.")
  var forgetMissing = false

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let opened = try project.open(isReadOnly: dryRun)
    let policy = GarbagePolicy(
      maximumAge: olderThan, maximumSize: maxSize, emptiesQuarantine: quarantine,
      forgetsMissingProjects: forgetMissing)
    let needed = policy.dropsRecords ? try Self.upToDateKeys(of: opened) : []
    let report = try opened.cache.collectGarbage(policy, sparing: needed, dryRun: dryRun)
    tell(of: report.unreadableProjects, "cannot be read; the newest of every branch is kept")
    if !forgetMissing {
      tell(of: report.missingProjects, "is not there any more; the newest of every branch is kept")
      if !report.missingProjects.isEmpty {
        Terminal.printError(
          "hint: pipe cache gc --forget-missing, unless its disk is only not mounted")
      }
    }
    for folder in forgetMissing ? report.missingProjects : [] {
      Terminal.print("\(dryRun ? "would forget" : "forgot") the project of '\(folder)'")
    }
    let records = Quantities.count(report.removedRecords, "record", "records")
    let objects = Quantities.count(report.removedObjects, "object", "objects")
    Terminal.print(
      "\(dryRun ? "would remove" : "removed") \(records) and \(objects), "
        + "\(Quantities.size(report.freedBytes)); "
        + "\(report.keptRecords) and \(report.keptObjects) stay, "
        + Quantities.size(report.keptBytes))
    if let failure = report.quarantineFailure { throw failure }
  }

  private func tell(of folders: [String], _ trouble: String) {
    for folder in folders {
      let text = "the project of '\(folder)' \(trouble)"
      Terminal.printError(ErrorText.headline("warning", text))
    }
  }

  /// The keys of what a run would find up to date, whatever the last run needed.
  private static func upToDateKeys(of project: Project) throws -> Set<Digest> {
    let assessment = try Assessment(
      of: project, environment: ProcessInfo.processInfo.environment)
    return Set(assessment.records.compactMap { $0?.key })
  }
}

/// Ages and sizes as people type them.
enum GarbageArguments {
  /// Seconds of `30d`, `12h`, `90m` or `45s`.
  static func age(_ text: String) throws -> Double {
    try quantity(text, units: ["s": 1, "m": 60, "h": 3600, "d": 86400], example: "30d or 12h")
  }

  /// Bytes of `2GB`, `500MB`, `10kB` or `7B`, in powers of 1,000.
  static func size(_ text: String) throws -> Int {
    let units = ["B": 1.0, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12]
    return Int(try quantity(text, units: units, example: "2GB or 500MB"))
  }

  private static func quantity(
    _ text: String, units: [String: Double], example: String
  ) throws -> Double {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(digits.count).filter { $0 != " " }
    guard let number = Double(digits), let factor = units[unit], number * factor < 1e18 else {
      throw ValidationError("'\(text)' is no such amount; write \(example)")
    }
    return number * factor
  }
}
