import Synchronization

/// Folders that commands run in, made when they are needed and used again.
///
/// They lie in `place` (`cache/work`, or somewhere on a tmpfs) and are removed with this object; what a
/// killed process left there is removed when the next one begins.
package final class PrivateFolders: Sendable {
  private let place: String
  private let state = Mutex(State())

  private struct State: ~Copyable, Sendable {
    var run: RunFolder?
    var idle: [PrivateFolder] = []
    var count = 0
  }

  /// A pool in the folder at the absolute path `place`; nothing is made until it is needed.
  package init(place: String) {
    self.place = place
  }

  /// A folder that nobody else uses as long as anything refers to what this gives, empty but for those of
  /// the folders in `kept` that are there.
  ///
  /// One that cannot be emptied is never used again; it is removed in the end, if that is possible then.
  func take(keeping kept: Set<ProjectPath>) throws(WorkspaceError) -> LentFolder {
    while let folder = state.withLock({ $0.idle.popLast() }) {
      do throws(WorkspaceError) {
        try folder.clear(keeping: kept)
        return LentFolder(folder, from: self)
      } catch {
        // Another one will do, of a command that tidied up or of none.
      }
    }
    return LentFolder(try make(), from: self)
  }

  private func make() throws(WorkspaceError) -> PrivateFolder {
    let outcome: Result<PrivateFolder, WorkspaceError> = state.withLock { state in
      do throws(WorkspaceError) {
        if state.run == nil { state.run = try RunFolder.make(in: place) }
        guard let path = state.run?.path else { return .failure(.missing(place, nearest: nil)) }
        let folder = try PrivateFolder(at: "\(path)/\(state.count)")
        state.count += 1
        return .success(folder)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  /// Takes a folder back; it is emptied when it is used again.
  fileprivate func takeBack(_ folder: PrivateFolder) {
    state.withLock { $0.idle.append(folder) }
  }

  /// Removes everything; folders in use must have been given back.
  package func close() {
    state.withLock { state in
      state.idle = []
      state.run = nil
    }
  }
}

/// A private folder in use.
final class LentFolder: Sendable {
  let value: PrivateFolder
  private let owner: PrivateFolders

  fileprivate init(_ value: PrivateFolder, from owner: PrivateFolders) {
    self.value = value
    self.owner = owner
  }

  deinit {
    owner.takeBack(value)
  }
}
