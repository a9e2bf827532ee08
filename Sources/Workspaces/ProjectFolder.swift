#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder that nothing written through it leaves: the project's work tree, or a command's own folder.
package struct ProjectFolder: Sendable {
  /// Absolute path, free of symbolic links.
  package let root: String

  /// The existing folder at `root`.
  package init(root: String) throws(WorkspaceError) {
    guard let real = realPath(root) else { throw .system("open", root) }
    self.root = real
    _ = try Descriptor.folder(real)
  }

  /// The absolute path of a place in the project.
  package func absolute(_ path: ProjectPath) -> String {
    root == "/" ? "/" + path.text : root + "/" + path.text
  }

  /// The place in the project that an absolute path names; nil where it lies outside or is the project.
  package func projectPath(ofAbsolute path: String) -> ProjectPath? {
    let prefix = root == "/" ? root : root + "/"
    guard path.utf8.starts(with: prefix.utf8) else { return nil }
    return try? ProjectPath(String(Substring(path.utf8.dropFirst(prefix.utf8.count))))
  }
}

// MARK: - Reading

extension ProjectFolder {
  /// Where in the project an absolute path leads, links followed; nil where that is outside or the
  /// project itself.
  ///
  /// What does not exist is where it would be made.
  package func realPlace(ofAbsolute path: String) -> ProjectPath? {
    var folder = path
    var missing = ""
    while true {
      if let real = realPath(folder) { return projectPath(ofAbsolute: real + missing) }
      guard let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")), slash > folder.startIndex
      else { return nil }
      missing = String(folder[slash...]) + missing
      folder = String(folder[..<slash])
    }
  }

  /// Where in the project an absolute folder is, links followed: empty for the project itself, nil
  /// outside.
  package func realPlace(ofFolder path: String) -> String? {
    if let place = realPlace(ofAbsolute: path) { return place.text }
    return realPath(path).map { $0.utf8.elementsEqual(root.utf8) } == true ? "" : nil
  }

  /// The places in the project that are an absolute path: as it is written, and where it leads.
  package func places(ofAbsolute path: String) -> [ProjectPath] {
    let written = projectPath(ofAbsolute: path)
    let real = realPlace(ofAbsolute: path)
    return [written].compactMap(\.self) + (real == written ? [] : [real].compactMap(\.self))
  }
}

// MARK: - Writing

extension ProjectFolder {
  /// Opens the folder that holds `path`, component by component and never through a link.
  ///
  /// - Parameters:
  ///   - path: The place whose parent is wanted.
  ///   - creating: Whether missing folders are made.
  /// - Returns: The open folder.
  /// - Throws: ``WorkspaceError/linkInTheWay(_:)`` or ``WorkspaceError/wrongForm(_:expected:found:)``
  ///   where a component is no folder; an absence where one is missing and `creating` is false.
  func openParent(of path: ProjectPath, creating: Bool) throws(WorkspaceError) -> Descriptor {
    try openFolder(path.parent, creating: creating)
  }

  /// Opens the folder at `path`, or the root, in the same manner.
  func openFolder(_ path: ProjectPath?, creating: Bool) throws(WorkspaceError) -> Descriptor {
    var folder = try Descriptor.folder(root)
    guard let path else { return folder }
    for step in path.ancestors + [path] {
      folder = try enter(step, from: folder, creating: creating)
    }
    return folder
  }

  private func enter(
    _ step: ProjectPath, from folder: borrowing Descriptor, creating: Bool
  ) throws(WorkspaceError) -> Descriptor {
    let name = step.name
    do throws(WorkspaceError) {
      return try Descriptor.folder(name, in: folder.number, following: false, shown: step.text)
    } catch {
      guard case .io(_, _, let code) = error else { throw error }
      if code == ENOENT && creating {
        if mkdirat(folder.number, name, 0o777) != 0 && errno != EEXIST {
          throw .system("make folder", step.text)
        }
        return try Descriptor.folder(name, in: folder.number, following: false, shown: step.text)
      }
      if code == ENOTDIR || code == ELOOP {
        switch try FileStatus.of(name, in: folder.number, following: false)?.form {
        case .link: throw .linkInTheWay(step.text)
        case .folder, nil: throw error
        case let found?: throw .wrongForm(step.text, expected: .folder, found: found)
        }
      }
      throw error
    }
  }
}

/// The absolute path without links, or nil (with `errno` set) where nothing is there.
func realPath(_ path: String) -> String? {
  guard let real = realpath(path, nil) else { return nil }
  defer { free(real) }
  return String(validatingCString: real)
}
