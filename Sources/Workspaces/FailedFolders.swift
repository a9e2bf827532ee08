#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps the folders that commands failed in, the last one of each branch.
package struct FailedFolders: Sendable {
  /// `cache/failed`, absolute.
  let place: String

  /// Moves what a command left to `<place>/<branch>/` and gives that path.
  ///
  /// Its files lie there as it left them; `.pipe` holds its log, tables and JSON file.
  func keep(_ folder: PrivateFolder, of branch: String) throws(WorkspaceError) -> String {
    let target = place + "/" + Self.fileName(branch)
    try makeFolders(place)
    try FolderRemoval.remove(target)
    try FolderMove.move(folder.files.root, to: target)
    let about = target + "/.pipe"
    if mkdir(about, 0o777) != 0 { throw .system("make folder", about) }
    try FolderMove.move(folder.about, to: about + "/about")
    try FolderMove.move(folder.log, to: about + "/log")
    return target
  }

  /// Forgets what an earlier failure of a branch left.
  func forget(_ branch: String) {
    try? FolderRemoval.remove(place + "/" + Self.fileName(branch))
  }

  /// A branch's name as a file name: no slash, no leading dot, at most 200 bytes.
  package static func fileName(_ branch: String) -> String {
    var name = ""
    for byte in branch.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        name.unicodeScalars.append(Unicode.Scalar(byte))
      case _ where "_@=,%+-".utf8.contains(byte) || byte == UInt8(ascii: ".") && !name.isEmpty:
        name.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    if name.utf8.count <= 200 { return name }
    return name.prefix(180) + "-" + ShortDigest.of(branch)
  }
}
