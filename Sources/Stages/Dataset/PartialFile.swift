import Foundation

/// A file that a download fills, and that a later download of the same URL may continue.
///
/// Beside `NAME.part` lies `NAME.part.origin`: the URL, and the validator (strong ETag or date) that
/// lets the server tell whether the file is still the same.
struct PartialFile {
  let path: String
  private var originPath: String { path + ".origin" }

  init(name: String, folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    path = folder + "/" + name + ".part"
  }

  /// Bytes that are there, 0 without a file.
  var size: Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }

  /// How much of `url` is there, and its validator where the server gave one.
  func progress(of url: String) -> (size: Int, validator: String?) {
    let lines = (try? String(contentsOfFile: originPath, encoding: .utf8))?
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let lines, lines.count == 2, lines[0] == url else { return (0, nil) }
    return (size, lines[1].isEmpty ? nil : lines[1])
  }

  /// Empties the file for a download of `url` from its beginning.
  func begin(url: String, validator: String?) throws {
    remove()
    try Data("\(url)\n\(validator ?? "")".utf8).write(to: URL(fileURLWithPath: originPath))
    try Data().write(to: URL(fileURLWithPath: path))
  }

  /// Opens the file for writing at its end.
  func openAtEnd() throws -> FileHandle {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.seekToEnd()
    return handle
  }

  func read() throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  func remove() {
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.removeItem(atPath: originPath)
  }
}
