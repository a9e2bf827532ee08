package import ArtifactCache
import Synchronization

/// Puts outputs at their places in the project without ever destroying what somebody else put there.
///
/// Safe to use from any thread, for different places at once. Nothing is written through a symbolic link.
package final class WorkTree: Sendable {
  package let project: ProjectFolder
  let store: ContentStore
  let memory: SignatureMemory
  let displacement: Displacement

  /// The work tree of a project.
  ///
  /// - Parameters:
  ///   - project: The project.
  ///   - store: Where outputs come from; what it holds may be overwritten in the project.
  ///   - memory: Digests of files that have not changed since they were last read.
  ///   - displaced: Absolute path of the folder that takes what is in the way: `cache/displaced`.
  package init(
    project: ProjectFolder, store: ContentStore, memory: SignatureMemory, displaced: String
  ) {
    self.project = project
    self.store = store
    self.memory = memory
    displacement = Displacement(place: displaced)
  }
}

/// What the project has written into its work tree, to be removed as long as nobody has changed it.
package typealias WrittenOutputs = [ProjectPath: FolderListing.Kind]

/// Something that was in an output's way and is in no object, and where it is now.
package struct DisplacedFile: Sendable, Hashable {
  package let path: ProjectPath
  /// Absolute path.
  package let movedTo: String
}

/// What restoring did.
package struct Restoration: Sendable {
  /// Files and links that were written, or made executable or not.
  package internal(set) var restored: [ProjectPath] = []
  /// How many were right already.
  package internal(set) var unchangedCount = 0
  /// Our own files and folders that a folder output no longer has; no longer to be recorded.
  package internal(set) var removed: [ProjectPath] = []
  package internal(set) var displaced: [DisplacedFile] = []
  /// Every file, link and folder of these outputs, to be recorded as ours.
  package internal(set) var written: WrittenOutputs = [:]

  package init() {}

  /// Adds what another call did.
  package mutating func add(_ other: Restoration) {
    restored += other.restored
    unchangedCount += other.unchangedCount
    removed += other.removed
    displaced += other.displaced
    written.merge(other.written) { $1 }
  }
}
