import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest
import Workspaces

/// What a branch printed: when it last ran, or when it failed after that.
struct BranchLog {
  let bytes: [UInt8]
  /// Seconds since 1970.
  let started: Double
  let hasFailed: Bool

  var withoutEscapes: [UInt8] { Array(TerminalText.plain(bytes).utf8) }

  /// The later of the valid result's log (else the last result's) and the last failure's; nil where
  /// there is neither.
  static func latest(of id: BranchID, in project: Project) throws -> BranchLog? {
    let branch = project.plan.name(of: id)
    let assessment = try Assessment(
      of: project, environment: ProcessInfo.processInfo.environment, selected: [id])
    let record =
      try assessment.records[id] ?? LatestRecords(of: project).summary(of: branch)
    if let failure = try failure(of: branch, in: project),
      failure.started > record?.started ?? 0
    {
      return failure
    }
    guard let record else { return nil }
    let bytes = try record.log.map { try read($0, of: branch, in: project) }
    return BranchLog(bytes: bytes ?? [], started: record.started, hasFailed: false)
  }

  /// A log that is lost is no reason to run: the result is valid without it.
  private static func read(
    _ log: ObjectReference, of branch: String, in project: Project
  ) throws -> [UInt8] {
    do throws(CacheError) {
      return try project.cache.objects.read(log)
    } catch {
      let state: String
      switch error {
      case .missing: state = "is not in the cache any more"
      case .corrupt: state = "is damaged"
      default: throw error
      }
      throw UserError(
        message: "the log of '\(branch)' (object \(log.digest.short)) \(state); "
          + "its result does not need it",
        hint: "'pipe run --force \(branch)' makes result and log again",
        code: PipeExit.damageFound)
    }
  }

  private static func failure(of branch: String, in project: Project) throws -> BranchLog? {
    let path = project.failures.logPath(of: branch)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let date = attributes[.modificationDate] as? Date ?? .distantPast
    return BranchLog(
      bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))),
      started: date.timeIntervalSince1970, hasFailed: true)
  }
}
