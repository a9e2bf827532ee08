#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps what branches left when they failed, of each until it succeeds: a folder for the branch, with
/// its log in `.pipe/log` and, where the branch was a command with a folder of its own, that folder's files.
package struct FailedFolders: Sendable {
  /// `cache/failed`, absolute.
  let place: String

  package init(place: String) {
    self.place = place
  }

  /// Moves what a command left to `<place>/<branch>/` and gives that path.
  ///
  /// Its files lie there as it left them; `.pipe` holds its log, tables and JSON file.
  func keep(_ folder: PrivateFolder, of branch: String) throws(WorkspaceError) -> String {
    let target = path(of: branch)
    try makeFolders(place)
    try FolderRemoval.remove(target)
    try FolderMove.move(folder.files.root, to: target)
    let about = target + "/.pipe"
    if mkdir(about, 0o777) != 0 { throw .system("make folder", about) }
    try FolderMove.move(folder.about, to: about + "/about")
    try FolderMove.move(folder.log, to: about + "/log")
    return target
  }

  /// Keeps what a branch without a folder of its own printed.
  package func keep(log: [UInt8], of branch: String) throws(WorkspaceError) {
    let target = path(of: branch)
    try FolderRemoval.remove(target)
    try makeFolders(target + "/.pipe")
    let path = logPath(of: branch)
    let file = try Descriptor(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o666)
    try file.write(log, shown: path)
  }

  /// Forgets what an earlier failure of a branch left.
  package func forget(_ branch: String) {
    try? FolderRemoval.remove(path(of: branch))
  }

  /// Tells of any branch whether it failed when it last ran; looks at the folder once, now.
  package func whetherFailed() -> (_ branch: String) -> Bool {
    let entries = try? Descriptor.folder(place).contents(shown: place)
    let names = Set(entries?.map(\.name) ?? [])
    return { !names.isEmpty && names.contains(Self.fileName($0)) }
  }

  /// Where the log of a branch that failed is.
  package func logPath(of branch: String) -> String {
    path(of: branch) + "/.pipe/log"
  }

  private func path(of branch: String) -> String {
    place + "/" + Self.fileName(branch)
  }

  /// A branch's name as a file name: no slash, no leading dot, at most 200 bytes.
  static func fileName(_ branch: String) -> String {
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
