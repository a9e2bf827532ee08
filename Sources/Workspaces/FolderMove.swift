#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Moves files and folders, also from one file system to another.
enum FolderMove {
  /// Renames `source` to the absolute path `target`, or copies it where they lie on different devices.
  ///
  /// After a copy the source is still there. Links stay links.
  static func move(_ source: String, to target: String) throws(WorkspaceError) {
    if rename(source, target) == 0 { return }
    if errno != EXDEV { throw .system("move", source) }
    try copy(source, to: target)
  }

  private static func copy(_ source: String, to target: String) throws(WorkspaceError) {
    switch try FileStatus.of(source, following: false)?.form {
    case .folder:
      if mkdir(target, 0o777) != 0 { throw .system("make folder", target) }
      for entry in try Descriptor.folder(source).contents(shown: source) {
        try copy(source + "/" + entry.name, to: target + "/" + entry.name)
      }
    case .link:
      let link = try Descriptor.linkTarget(source)
      if symlink(String(decoding: link, as: UTF8.self), target) != 0 {
        throw .system("link", target)
      }
    case .file:
      let from = try Descriptor(source, O_RDONLY | O_NOFOLLOW)
      let executable = try FileStatus.of(from, shown: source).isExecutable
      let to = try Descriptor(
        target, O_WRONLY | O_CREAT | O_EXCL, mode: executable ? 0o777 : 0o666)
      try from.forEachPiece(shown: source) { piece throws(WorkspaceError) in
        try to.write(piece, shown: target)
      }
    case .other, nil: break
    }
  }
}
