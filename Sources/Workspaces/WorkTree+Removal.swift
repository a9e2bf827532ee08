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
  /// Removes files that we wrote and that no output has any longer, and the folders this empties.
  ///
  /// - Parameters:
  ///   - written: The files as they were recorded.
  ///   - folders: Folders that stay even when they are empty.
  /// - Returns: What went and what stayed because it is no longer as we wrote it.
  /// - Throws: Failures of the file system.
  package func remove(
    _ written: [ProjectPath: WrittenFile], keeping folders: Set<ProjectPath> = []
  ) throws(WorkspaceError) -> Removal {
    var done = Removal()
    for (path, file) in written.sorted(by: { $0.key < $1.key }) {
      guard let parent = try parentForRemoval(of: path) else { continue }
      let status = try FileStatus.of(path.name, in: parent.number, following: false)
      if status == nil { continue }
      guard try identity(of: path, status)?.digest == file.digest else {
        done.kept.append(path)
        continue
      }
      if unlinkat(parent.number, path.name, 0) != 0 { throw .system("remove", path.text) }
      done.removed.append(path)
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
      _ = try openParent(of: path, displaced: &displaced)
      try free(path, displaced: &displaced)
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

  /// The inner ones first. Those that are not empty refuse, which is as it should be.
  private func removeEmptied(_ folders: Set<ProjectPath>) {
    for folder in folders.sorted(by: >) {
      guard let parent = try? project.openParent(of: folder, creating: false) else { continue }
      _ = unlinkat(parent.number, folder.name, AT_REMOVEDIR)
    }
  }
}
