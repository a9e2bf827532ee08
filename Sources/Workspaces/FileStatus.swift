import ArtifactCache

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a name in the file system is.
package enum FileForm: Sendable, Hashable {
  case file
  case folder
  case link
  /// A device, pipe or socket.
  case other

  var phrase: String {
    switch self {
    case .file: "a file"
    case .folder: "a folder"
    case .link: "a symbolic link"
    case .other: "a device, pipe or socket"
    }
  }
}

/// What `stat` tells of a file: enough to recognise it again without reading it.
struct FileStatus: Sendable, Hashable {
  let form: FileForm
  /// The owner's execute permission, as git keeps it.
  let isExecutable: Bool
  let signature: FileSignature

  var size: Int { Int(signature.size) }

  private init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: form = .file
    case S_IFDIR: form = .folder
    case S_IFLNK: form = .link
    default: form = .other
    }
    isExecutable = form == .file && status.st_mode & S_IXUSR != 0
    #if canImport(Darwin)
      let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (modified, changed) = (status.st_mtim, status.st_ctim)
    #endif
    signature = FileSignature(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino),
      size: Int64(status.st_size), modified: nanoseconds(modified), changed: nanoseconds(changed))
  }

  /// The status of an open file.
  static func of(_ descriptor: borrowing Descriptor, shown: String) throws(WorkspaceError)
    -> FileStatus
  {
    var status = stat()
    if fstat(descriptor.number, &status) != 0 { throw .system("look at", shown) }
    return FileStatus(status)
  }

  /// The status of `name` in an open folder, or nil where nothing has that name.
  ///
  /// A link is followed only on demand; one that leads nowhere then counts as nothing.
  static func of(
    _ name: String, in folder: Int32 = AT_FDCWD, following: Bool, shown: String? = nil
  ) throws(WorkspaceError) -> FileStatus? {
    var status = stat()
    if fstatat(folder, name, &status, following ? 0 : AT_SYMLINK_NOFOLLOW) == 0 {
      return FileStatus(status)
    }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    if errno == ELOOP { throw .linkLoop(shown ?? name) }
    throw .system("look at", shown ?? name)
  }
}

extension FileStatus {
  /// Whether both are one file or folder, whatever has been written to it.
  func isSameFile(as other: FileStatus) -> Bool {
    signature.device == other.signature.device && signature.inode == other.signature.inode
  }
}

private func nanoseconds(_ time: timespec) -> Int64 {
  Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
}

/// Nanoseconds of the clock that file systems stamp files with.
package func fileClock() -> Int64 {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return nanoseconds(now)
}
