import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Moves aside what is in the way: to `<place>/<n>/<path>`, one `n` for each run.
final class Displacement: Sendable {
  private let place: String
  private let folder = Mutex<String?>(nil)

  init(place: String) {
    self.place = place
  }

  /// Moves whatever is at `path`, itself and not what it may link to, out of the project.
  ///
  /// `parent` is the open folder that holds it.
  func moveAside(
    _ path: ProjectPath, from parent: borrowing Descriptor, in project: ProjectFolder
  ) throws(WorkspaceError) -> DisplacedFile {
    let target = try freeName(for: path)
    if renameat(parent.number, path.name, AT_FDCWD, target) != 0 {
      let source = project.absolute(path)
      try FolderMove.move(source, to: target)
      try Self.removeAfterCopy(source)
    }
    return DisplacedFile(path: path, movedTo: target)
  }

  private func freeName(for path: ProjectPath) throws(WorkspaceError) -> String {
    let folder = try runFolder()
    try makeFolders(path.parent.map { folder + "/" + $0.text } ?? folder)
    let base = folder + "/" + path.text
    var name = base
    var number = 2
    while try FileStatus.of(name, following: false) != nil {
      name = "\(base)~\(number)"
      number += 1
    }
    return name
  }

  /// A move to another device leaves the source behind.
  private static func removeAfterCopy(_ source: String) throws(WorkspaceError) {
    switch try FileStatus.of(source, following: false)?.form {
    case nil: return
    case .folder: try FolderRemoval.remove(source)
    default: if unlink(source) != 0 { throw .system("remove", source) }
    }
  }

  private func runFolder() throws(WorkspaceError) -> String {
    let outcome: Result<String, WorkspaceError> = folder.withLock { folder in
      if let folder { return .success(folder) }
      do throws(WorkspaceError) {
        let made = try makeRunFolder()
        folder = made
        return .success(made)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private func makeRunFolder() throws(WorkspaceError) -> String {
    try makeFolders(place)
    let names = try Descriptor.folder(place).contents(shown: place).map(\.name)
    var number = (names.compactMap { Int($0) }.max() ?? 0) + 1
    while mkdir("\(place)/\(number)", 0o777) != 0 {
      if errno != EEXIST { throw .system("make folder", "\(place)/\(number)") }
      number += 1
    }
    return "\(place)/\(number)"
  }
}
