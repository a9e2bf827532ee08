import ArtifactCache

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What removing did.
package struct Removal: Sendable {
  package internal(set) var removed: [ProjectPath] = []
  /// Changed by somebody since we wrote them, and therefore left where they are.
  package internal(set) var kept: [ProjectPath] = []
}

extension WorkTree {
  /// Removes what we wrote and no output has any longer, and the folders that this empties.
  ///
  /// - Parameters:
  ///   - written: Files, links and folders as they were recorded.
  ///   - folders: Folders that stay even when they are empty.
  /// - Returns: What went and what stayed because it is no longer as we wrote it.
  /// - Throws: Failures of the file system.
  package func remove(
    _ written: WrittenOutputs, keeping folders: Set<ProjectPath> = []
  ) throws(WorkspaceError) -> Removal {
    var done = Removal()
    // From the end, so that what lies in a folder goes before the folder.
    for (path, kind) in written.sorted(by: { $0.key > $1.key }) where !folders.contains(path) {
      guard let parent = try parentForRemoval(of: path) else { continue }
      let status = try FileStatus.of(path.name, in: parent.number, following: false)
      guard let present = try identity(of: path, status) else { continue }
      guard present.isSameContent(as: kind) else {
        done.kept.append(path)
        continue
      }
      if unlinkat(parent.number, path.name, kind == .folder ? AT_REMOVEDIR : 0) == 0 {
        done.removed.append(path)
      } else if errno == ENOTEMPTY || errno == EEXIST {
        done.kept.append(path)
      } else {
        throw .system("remove", path.text)
      }
    }
    removeEmptied(Set(done.removed.flatMap(\.ancestors)).subtracting(folders))
    return done
  }

  /// Makes room for a command that writes into the project itself, and makes the parent folders.
  ///
  /// So that what an earlier run left there cannot pass for this one's output.
  ///
  /// - Parameter paths: The places of the outputs.
  /// - Returns: What was moved aside, being in no object.
  /// - Throws: ``WorkspaceError/linkInTheWay(_:)``, and failures of file system and store.
  func clear(_ paths: [ProjectPath]) throws(WorkspaceError) -> [DisplacedFile] {
    var displaced: [DisplacedFile] = []
    for path in paths {
      let parent = try openParent(of: path, displaced: &displaced)
      try free(path, in: parent, displaced: &displaced)
    }
    return displaced
  }

  /// The open folder that holds a place; nil where there is none any more, or a link to one.
  private func parentForRemoval(of path: ProjectPath) throws(WorkspaceError) -> Descriptor? {
    do throws(WorkspaceError) {
      return try project.openParent(of: path, creating: false)
    } catch {
      switch error {
      case .linkInTheWay, .wrongForm: return nil
      case _ where error.isAbsence: return nil
      default: throw error
      }
    }
  }

  /// Removes those folders that are empty now, the inner ones first.
  private func removeEmptied(_ folders: Set<ProjectPath>) {
    for folder in folders.sorted(by: >) {
      guard let parent = try? project.openParent(of: folder, creating: false) else { continue }
      _ = unlinkat(parent.number, folder.name, AT_REMOVEDIR)
    }
  }
}

extension FolderListing.Kind {
  /// Whether both are a folder, the same link, or files of the same bytes whatever their modes.
  fileprivate func isSameContent(as other: Self) -> Bool {
    if case .file(_, let digest) = self, case .file(_, digest) = other { return true }
    return self == other
  }
}
