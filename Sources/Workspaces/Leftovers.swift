import ArtifactCache
import Synchronization

/// Files that earlier plans had put into the project and this one does not declare.
///
/// They go at the end of a run, so folders and globs do not take them, as long as they are what was written:
/// what somebody has changed since stays, and is a file like any other.
final class Leftovers: Sendable {
  private let declared: DeclaredPlaces
  private let gather: @Sendable () -> WrittenOutputs
  private let written = Mutex<WrittenOutputs?>(nil)

  /// What `gather`, asked when somebody first wants to know, has beside what stages make now.
  init(beside declared: DeclaredPlaces, _ gather: @escaping @Sendable () -> WrittenOutputs) {
    self.declared = declared
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
      && declared.output(at: place) == nil
  }
}
