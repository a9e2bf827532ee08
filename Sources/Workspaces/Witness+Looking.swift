package import ArtifactCache

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Witness {
  /// What is at a place now, to be believed by whoever read it at `time` or later; nil where it had not
  /// settled by then, or is neither file, folder nor link.
  package static func of(
    _ path: String, followingLink: Bool = false, begun time: Int64
  ) -> Witness? {
    let found: FileStatus?
    do throws(WorkspaceError) {
      found = try FileStatus.of(path, following: followingLink)
    } catch {
      return nil
    }
    guard let found else {
      return Witness(path: path, followsLink: followingLink, finding: .nothing)
    }
    guard found.form != .other, found.signature.isSettled(at: time) else { return nil }
    return found.witness(at: path, followingLink: followingLink)
  }
}

extension FileStatus {
  func witness(at path: String, followingLink: Bool) -> Witness {
    let finding: Witness.Finding =
      switch form {
      case .folder: .folder
      case .link: .link
      case .file, .other: isExecutable ? .executable : .file
      }
    return Witness(path: path, followsLink: followingLink, finding: finding, signature: signature)
  }
}

// MARK: - Looking again

/// Looks whether things are as witnesses say.
package struct WitnessCheck: ~Copyable {
  private let folder: Descriptor

  /// A check of witnesses whose relative paths begin in `folder`.
  package init(in folder: String) throws(WorkspaceError) {
    self.folder = try Descriptor.folder(folder)
  }

  /// Whether what was found then is found now.
  package func holds(_ witness: Witness) -> Bool {
    let status: FileStatus?
    do throws(WorkspaceError) {
      status = try FileStatus.of(witness.path, in: folder.number, following: witness.followsLink)
    } catch {
      return false
    }
    guard let status else {
      return witness.finding == .nothing || witness.finding == .nothingOrEmpty
    }
    switch witness.finding {
    case .nothing: return false
    case .nothingOrEmpty: return status.form == .file && status.size == 0
    case .someFolder: return status.form == .folder
    case .folder: return status.form == .folder && status.signature == witness.signature
    case .link: return status.form == .link && status.signature == witness.signature
    case .file, .executable:
      return status.form == .file && status.isExecutable == (witness.finding == .executable)
        && status.signature == witness.signature
    }
  }

  /// Whether the file of an object is as it was.
  package func holds(_ object: LookMemo.Object) -> Bool {
    do throws(WorkspaceError) {
      let status = try FileStatus.of(object.path, in: folder.number, following: false)
      return status?.form == .file && status?.signature == object.signature
    } catch {
      return false
    }
  }
}
