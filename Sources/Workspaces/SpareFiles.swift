import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Small files that are of no use any more, to be overwritten rather than removed.
///
/// Making and removing a file takes several times as long. And an ext4 without a journal, which does not
/// use an inode again for minutes, looks at all that were freed whenever it makes a file: a run that
/// removed a file for each branch became slower from branch to branch.
final class SpareFiles: Sendable {
  private static let most = 100
  private static let largest = 64 << 10

  private let folder: Descriptor
  /// The modes that new files have.
  private let modes: Set<mode_t>
  private let state = Mutex(State())

  private struct State: Sendable {
    var names: [String] = []
    var count = 0
  }

  /// Keeps files with one of `modes` in the folder at an absolute path.
  init(in path: String, modes: Set<mode_t>) throws(WorkspaceError) {
    try makeFolders(path)
    folder = try Descriptor.folder(path)
    self.modes = modes
  }

  /// Takes the file `name` out of an open folder; says whether it did.
  func add(_ name: [CChar], from parent: borrowing Descriptor) -> Bool {
    #if os(Linux)
      var status = stat()
      guard fstatat(parent.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFREG, modes.contains(status.st_mode & 0o7777),
        status.st_nlink == 1, status.st_size <= Self.largest
      else { return false }
      let spare = state.withLock { state -> String? in
        if state.names.count >= Self.most { return nil }
        state.count += 1
        return String(state.count)
      }
      guard let spare, renameat(parent.number, name, folder.number, spare) == 0 else {
        return false
      }
      state.withLock { $0.names.append(spare) }
      return true
    #else
      // Nothing tells here who else has a file open, so none could be used again.
      return false
    #endif
  }

  /// A file that is now at the absolute path `target`, open for writing, with old content; nil where none
  /// will do or something is there already.
  ///
  /// Nobody else has it open, under any name: what outlives a command neither sees nor disturbs the next.
  func take(for target: String, mode: mode_t) -> SpareFile? {
    while let name = state.withLock({ $0.names.popLast() }) {
      do throws(WorkspaceError) {
        if let spare = try take(name, for: target, mode: mode) { return spare }
      } catch {
        // It may be running as a program, or the last command removed it: a new file always will do.
      }
      _ = unlinkat(folder.number, name, 0)
    }
    return nil
  }

  /// Whether an open file looks as if it had been made in the folder.
  func isLikeNew(_ file: borrowing Descriptor, mode: mode_t) throws(WorkspaceError) -> Bool {
    try file.isLikeNew(mode: mode, in: folder, shown: "spare file")
  }

  private func take(
    _ name: String, for target: String, mode: mode_t
  ) throws(WorkspaceError) -> SpareFile? {
    let file = try Descriptor(name, O_WRONLY | O_NOFOLLOW, in: folder.number)
    let size = try FileStatus.of(file, shown: name).size
    guard try isLikeNew(file, mode: mode), file.isOpenOnlyHere,
      try FileStatus.of(target, following: false) == nil,
      renameat(folder.number, name, AT_FDCWD, target) == 0
    else { return nil }
    return SpareFile(file: file, size: size)
  }
}

/// A file to write to from its beginning, which has old content unless it is new.
struct SpareFile: ~Copyable {
  let file: Descriptor
  /// Bytes of old content.
  let size: Int

  /// The file without its old content.
  consuming func emptied(shown: String) throws(WorkspaceError) -> Descriptor {
    if size > 0, ftruncate(file.number, 0) != 0 { throw .system("shorten", shown) }
    return file
  }

  /// Cuts off what is left of the old content behind `end`.
  ///
  /// Only now: ext4 writes a file that was cut to nothing to the disk at once.
  consuming func finish(at end: Int, shown: String) throws(WorkspaceError) {
    if size > end, ftruncate(file.number, off_t(end)) != 0 { throw .system("shorten", shown) }
  }
}
