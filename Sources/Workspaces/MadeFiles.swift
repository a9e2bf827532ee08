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
  /// What a file was when it was stored.
  struct Signature: Sendable {
    let value: FileSignature
    /// Whether a file that still has this signature still has the content that was stored.
    let isSettled: Bool
  }

  private let folder: LentFolder
  private let signatures: [ProjectPath: Signature]

  init(in folder: LentFolder, _ signatures: [ProjectPath: Signature]) {
    self.folder = folder
    self.signatures = signatures
  }

  /// Moves the file at `path` to the same path of the project, in place of what is there; says whether it
  /// did.
  ///
  /// It does so only if the file is to all intents one that we would have made: with the content that was
  /// stored, with the mode and the group that new files get, under no other name, and open for writing
  /// nowhere, so that nothing that the command has left behind can change it. Its time of change becomes
  /// now, as if it had been written now.
  func move(
    _ path: ProjectPath, _ content: Digest, executable: Bool, to parent: borrowing Descriptor
  ) -> Bool {
    guard let signature = signatures[path] else { return false }
    do throws(WorkspaceError) {
      let source = try folder.value.files.openParent(of: path, creating: false)
      let file = try Descriptor(
        path.name, O_RDONLY | O_NOFOLLOW, in: source.number, shown: path.text)
      let mode = folder.value.mode(executable: executable)
      guard !parent.givesPermissions,
        try file.isLikeNew(mode: mode, in: parent, shown: path.text)
      else { return false }
      return try file.withoutWriters { () throws(WorkspaceError) in
        guard try Self.holds(content, file, signature, shown: path.text),
          futimens(file.number, nil) == 0
        else { return false }
        return renameat(source.number, path.name, parent.number, path.name) == 0
      }
    } catch {
      return false
    }
  }

  /// Whether a file that nobody can write to has the content that was stored under a signature.
  private static func holds(
    _ content: Digest, _ file: borrowing Descriptor, _ signature: Signature, shown: String
  ) throws(WorkspaceError) -> Bool {
    let found = try FileStatus.of(file, shown: shown)
    guard found.form == .file, found.signature == signature.value else { return false }
    // File systems stamp with a coarse clock: what was written just after it was stored may show nothing.
    if signature.isSettled { return true }
    return try file.settledDigest(shown: shown).digest == content
  }
}
