import Foundation

/// The files of the repository that this file is part of.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  struct File {
    /// Relative to the root.
    let path: String
    let text: String
    let swift: SwiftText

    init(path: String, text: String) {
      self.path = path
      self.text = text
      swift = SwiftText(path.hasSuffix(".swift") ? text : "")
    }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  }

  /// Every text file below a folder, by path; links are not followed.
  static func files(below folder: String, extensions: Set<String>? = nil) throws -> [File] {
    let start = root.appendingPathComponent(folder)
    guard let walk = FileManager.default.enumerator(atPath: start.path) else {
      throw CocoaError(.fileReadNoSuchFile)
    }
    var files: [File] = []
    for case let relative as String in walk {
      let type = walk.fileAttributes?[.type] as? FileAttributeType
      if type == .typeDirectory, isSkipped(relative) { walk.skipDescendants() }
      guard type == .typeRegular else { continue }
      let ending = relative.split(separator: ".").last.map(String.init) ?? ""
      if let extensions, !extensions.contains(ending) { continue }
      guard let text = try? String(contentsOfFile: start.path + "/" + relative, encoding: .utf8)
      else { continue }
      files.append(File(path: folder.isEmpty ? relative : "\(folder)/\(relative)", text: text))
    }
    return files.sorted { $0.path < $1.path }
  }

  static func swiftFiles(below folder: String) throws -> [File] {
    try allSwiftFiles.get().filter { $0.path.hasPrefix(folder + "/") }
  }

  /// Read once for all tests.
  private static let allSwiftFiles = Result { try files(below: "", extensions: ["swift"]) }

  /// Builds, caches and results are no part of the tree.
  private static func isSkipped(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return name.hasPrefix(".build") || name == ".git" || name == "__pycache__"
      || path == "cache" || path == "reports"
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}
