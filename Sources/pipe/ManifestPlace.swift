import Foundation
import Workspaces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where `pipeline.json` is: in the folder the user stands in or the nearest one above, like `.git`.
struct ManifestPlace {
  static let fileName = "pipeline.json"
  /// Larger than any that people write; a guard against the wrong file.
  private static let largestSize = 256 << 20

  let folder: ProjectFolder
  /// The manifest's path as the user would type it.
  let shownPath: String

  /// Absolute.
  var path: String { "\(folder.root)/\(Self.fileName)" }

  /// The project's own cache folder, absolute.
  var ownCache: String { folder.root + "/cache" }

  /// Finds the manifest for someone who stands in the current folder.
  ///
  /// - Parameter directory: how the user named this folder (`-C`), for texts; nil: not at all.
  /// - Throws: ``UserError`` when there is none, or it belongs to somebody else.
  /// - Returns: the manifest's folder and name.
  static func find(named directory: String? = nil) throws -> ManifestPlace {
    let start = URL(fileURLWithPath: ".").standardizedFileURL
    var folder = start
    var climbs = 0
    while !FileManager.default.fileExists(atPath: folder.appending(path: fileName).path) {
      guard folder.path != "/" else {
        throw UserError(
          message: "no \(fileName) in \(start.path) or any folder above it",
          hint: "'pipe init' makes one here")
      }
      folder.deleteLastPathComponent()
      climbs += 1
    }
    try refuseForeign(folder.appending(path: fileName).path, isAbove: climbs > 0)
    let isFar = directory != nil && climbs > 0
    let climb = String(repeating: "../", count: climbs)
    let prefix = directory.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? climb
    return ManifestPlace(
      folder: try ProjectFolder(root: folder.path),
      shownPath: (isFar ? folder.path + "/" : prefix) + fileName)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The project-relative form of a path that was typed where the user stands; nil outside.
  static func projectPath(of path: String) -> String? {
    guard let place = try? find() else { return nil }
    let absolute = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    let root = place.folder.root + "/"
    return absolute.hasPrefix(root) ? String(absolute.dropFirst(root.count)) : nil
  }

  /// A manifest found above that belongs to someone else could run their commands as us.
  private static func refuseForeign(_ path: String, isAbove: Bool) throws {
    var status = stat()
    guard isAbove, stat(path, &status) == 0 else { return }
    let isOurs = status.st_uid == getuid() || (getuid() == 0 && sudoUser == status.st_uid)
    guard !isOurs else { return }
    throw UserError(
      message: "\(path) belongs to another user, and its commands would run as you",
      hint: "change its owner, or start pipe in its folder if you trust it")
  }

  private static var sudoUser: uid_t? {
    ProcessInfo.processInfo.environment["SUDO_UID"].flatMap { uid_t($0) }
  }

  func read() throws -> [UInt8] {
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    guard size <= Self.largestSize else {
      throw UserError(message: "\(shownPath) has \(size) bytes; that is no pipeline")
    }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      let reason = Self.isFolder(path) ? "it is a folder" : "\(error.localizedDescription)"
      throw UserError(message: "\(shownPath) cannot be read: \(reason)")
    }
  }
}
