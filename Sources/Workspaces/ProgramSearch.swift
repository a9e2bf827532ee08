import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds programs on a PATH, each name once: what has been found is not looked for again.
package final class ProgramSearch: Sendable {
  private let folders: [String]
  private let found = Mutex<[PathBytes: String]>([:])

  /// A search through the folders of `path`, which is written as the PATH variable is.
  ///
  /// Relative and empty entries are left out: they would mean another program in another folder.
  package init(path: String) {
    folders = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
  }

  /// The absolute path of the program `name`, or nil where there is none that can be run.
  ///
  /// A name with a slash is no matter of the PATH: an absolute one is looked at, a relative one belongs
  /// to the folder that the command runs in, so it gives nil.
  package func find(_ name: String) -> String? {
    if name.isEmpty || name.utf8.contains(0) { return nil }
    if name.utf8.contains(UInt8(ascii: "/")) {
      return name.hasPrefix("/") && canRun(name) ? name : nil
    }
    let key = PathBytes(text: name)
    if let known = found.withLock({ $0[key] }) { return known }
    let path = folders.lazy.map { $0 + "/" + name }.first(where: canRun)
    found.withLock { $0[key] = path }
    return path
  }

  /// The program most like `name`, for a hint.
  package func nearest(to name: String) -> String? {
    let names = folders.lazy.flatMap { folder in
      ((try? Descriptor.folder(folder).contents(shown: folder)) ?? []).lazy.map(\.name)
    }
    return nearestName(to: name, among: names)
  }

  private func canRun(_ path: String) -> Bool {
    guard access(path, X_OK) == 0 else { return false }
    return (try? FileStatus.of(path, following: true))??.form == .file
  }
}
