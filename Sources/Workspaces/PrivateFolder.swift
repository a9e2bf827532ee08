import ArtifactCache
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder that one attempt of a command runs in, and what belongs to it.
///
/// ```
/// <run>/<n>/files/    where the command runs: its declared inputs and nothing else
/// <run>/<n>/about/    pipe.json, tables of collected inputs
/// <run>/<n>/log       what it prints
/// <run>/<n>/tmp/      its TMPDIR
/// <run>/<n>/spare/    files to overwrite
/// ```
final class PrivateFolder: Sendable {
  let path: String
  /// Where the command runs.
  let files: ProjectFolder
  /// The permissions of folders that this process makes.
  private let modeOfFolders: mode_t
  let spares: SpareFiles
  /// What folders were that have been found empty.
  private let empty = Mutex<[String: FileStatus]>([:])

  var about: String { path + "/about" }
  var temporary: String { path + "/tmp" }
  var log: String { path + "/log" }

  init(at path: String) throws(WorkspaceError) {
    for folder in [path, path + "/files", path + "/about", path + "/tmp"] {
      try makeFolders(folder)
    }
    files = try ProjectFolder(root: path + "/files")
    var status = stat()
    if stat(path, &status) != 0 { throw .system("look at", path) }
    modeOfFolders = status.st_mode & 0o777
    spares = try SpareFiles(
      in: path + "/spare", modes: [modeOfFolders, modeOfFolders & 0o666])
    self.path = path
  }

  /// The mode of files that this process makes.
  func mode(executable: Bool) -> mode_t {
    executable ? modeOfFolders : modeOfFolders & 0o666
  }

  /// Opens a file outside of `files` to be written to from its beginning, and to be read.
  ///
  /// What the last command left there is overwritten: removing a file and making one takes longer, and
  /// cutting it to nothing first makes ext4 write the new one to the disk at once. But only if nobody else
  /// can see or disturb that; else the file is made anew.
  func overwrite(_ path: String, appending: Bool = false) throws(WorkspaceError) -> SpareFile {
    let flags = O_RDWR | O_NOFOLLOW | (appending ? O_APPEND : 0)
    if let old = reusable(path, flags) { return old }
    if unlink(path) != 0 && errno != ENOENT { try FolderRemoval.remove(path) }
    return SpareFile(file: try Descriptor(path, flags | O_CREAT | O_EXCL, mode: 0o666), size: 0)
  }

  private func reusable(_ path: String, _ flags: Int32) -> SpareFile? {
    do throws(WorkspaceError) {
      let file = try Descriptor(path, flags | O_NONBLOCK)
      guard try spares.isLikeNew(file, mode: mode(executable: false)), file.isOpenOnlyHere else {
        return nil
      }
      let size = try FileStatus.of(file, shown: path).size
      return SpareFile(file: file, size: size)
    } catch {
      return nil
    }
  }

  /// Empties everything for the next attempt, except the folders in `kept`, whose contents go.
  ///
  /// The JSON file stays too, to be overwritten: file systems are slow to forget a file and make one. What
  /// this throws may leave something behind: then the folder is of no use any more.
  func clear(keeping kept: Set<ProjectPath>) throws(WorkspaceError) {
    // A command may have taken from us what is needed to put things in here.
    if access(path, W_OK | X_OK) != 0 { _ = chmod(path, modeOfFolders) }
    try clear("files", keeping: kept, savingFiles: true)
    try clear("about", keeping: [], except: CommandDescription.documentName)
    try clear("tmp", keeping: [])
  }

  private func clear(
    _ name: String, keeping kept: Set<ProjectPath>, except spared: String? = nil,
    savingFiles: Bool = false
  ) throws(WorkspaceError) {
    let inner = path + "/" + name
    let begun = fileClock()
    let status = try FileStatus.of(inner, following: false)
    if let status, empty.withLock({ $0[name] }) == status { return }
    if let status, status.form != .folder, unlink(inner) != 0 { throw .system("remove", inner) }
    guard let status, status.form == .folder,
      let folder = try FolderRemoval.openForRemoval(inner)
    else {
      // A command removed its own folder or put something else there, or it was kept after a failure.
      return try makeFolders(inner)
    }
    let wasEmpty = try FolderRemoval.empty(
      folder, keeping: kept, sparing: spared, savingIn: savingFiles ? spares : nil, shown: inner)
    try restoreMode(of: folder, shown: inner)
    // A folder whose time is not settled can change without getting another one.
    guard wasEmpty, status.signature.isSettled(at: begun) else { return }
    empty.withLock { $0[name] = status }
  }

  /// Gives an open folder the mode that new ones have.
  private func restoreMode(
    of folder: borrowing Descriptor, shown: String
  ) throws(WorkspaceError) {
    var status = stat()
    if fstat(folder.number, &status) == 0, status.st_mode & 0o777 == modeOfFolders { return }
    if fchmod(folder.number, modeOfFolders) != 0 { throw .system("change the mode of", shown) }
  }
}
