import ArtifactCache

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files of a command's outputs, still where it made them.
///
/// They can be moved to their places in the project, which spares making them a second time. Nobody else
/// uses the command's folder as long as anything refers to this.
package final class MadeFiles: Sendable {
  private let folder: LentFolder
  /// What each was when it was stored.
  private let signatures: [ProjectPath: FileSignature]

  init(in folder: LentFolder, _ signatures: [ProjectPath: FileSignature]) {
    self.folder = folder
    self.signatures = signatures
  }

  /// Moves the file at `path` to the same path of the project, in place of what is there; says whether it
  /// did.
  ///
  /// It does so only if the file is to all intents one that we would have made: as it was stored, with the
  /// mode and the group that new files get, under no other name, and open for writing nowhere, so that
  /// nothing that the command has left behind can change it.
  func move(
    _ path: ProjectPath, executable: Bool, to parent: borrowing Descriptor
  ) -> Bool {
    guard let signature = signatures[path] else { return false }
    do throws(WorkspaceError) {
      let source = try folder.value.files.openParent(of: path, creating: false)
      let file = try Descriptor(
        path.name, O_RDONLY | O_NOFOLLOW, in: source.number, shown: path.text)
      let found = try FileStatus.of(file, shown: path.text)
      guard found.form == .file, found.signature == signature,
        try file.isLikeNew(
          mode: folder.value.mode(executable: executable), in: parent, shown: path.text),
        file.hasNoWriter
      else { return false }
      return renameat(source.number, path.name, parent.number, path.name) == 0
    } catch {
      return false
    }
  }
}
