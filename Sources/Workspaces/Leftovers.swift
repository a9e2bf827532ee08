import ArtifactCache
import Synchronization

/// Files that earlier plans had put into the project and this one does not declare.
///
/// They go at the end of a run, so folders and globs do not take them, as long as they are what was written:
/// what somebody has changed since stays, and is a file like any other. Gathered when somebody first asks.
package final class Leftovers: Sendable {
  private let gather: @Sendable () -> WrittenOutputs
  private let written = Mutex<WrittenOutputs?>(nil)

  package init(_ gather: @escaping @Sendable () -> WrittenOutputs) {
    self.gather = gather
  }

  func contains(_ file: SourceFile) -> Bool {
    guard let place = file.projectPath else { return false }
    let kind = written.withLock { written in
      let all = written ?? gather()
      written = all
      return all[place]
    }
    return kind == .file(executable: file.isExecutable, digest: file.digest)
  }
}

extension WrittenOutputs {
  /// What none of the declared places is or holds.
  package func undeclared(by declared: Set<ProjectPath>) -> WrittenOutputs {
    filter { path, _ in
      !declared.contains(path) && !path.ancestors.contains(where: declared.contains)
    }
  }
}
