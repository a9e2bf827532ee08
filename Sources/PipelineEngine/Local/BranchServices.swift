import ArtifactCache
import PipelineManifest
import StageInterface
import Synchronization

/// What the engine does for one running branch of a built-in kind.
final class BranchServices: StageServices {
  private let branch: BranchID
  /// Has the inputs.
  private let store: ContentStore
  /// Takes what the branch makes.
  private let outputs: ContentStore
  private let shared: SharedValues
  private let report: @Sendable (RunEvent) -> Void
  private let state = Mutex(State())

  private struct State {
    var files: [String: ObjectReference] = [:]
    /// Members of folder outputs, by output and path.
    var members: [String: [String: ObjectReference]] = [:]
    var lines: [String] = []
    var damage: CacheError?
  }

  init(
    branch: BranchID, store: ContentStore, outputs: ContentStore, shared: SharedValues,
    report: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.branch = branch
    self.store = store
    self.outputs = outputs
    self.shared = shared
    self.report = report
  }

  /// The first damaged object that the stage came upon.
  var damage: CacheError? { state.withLock { $0.damage } }

  var log: [UInt8] { Array(state.withLock { $0.lines }.map { $0 + "\n" }.joined().utf8) }

  var lastLines: [String] { state.withLock { $0.lines.suffix(20) } }

  func artifact(_ output: StoredOutput) -> Artifact {
    Artifact(digest: output.object.digest.description, size: output.object.size) {
      try self.noticingDamage { () throws(CacheError) in try self.store.read(output.object) }
    }
  }

  func write(output: String, path: String?, bytes: [UInt8]) throws {
    let reference = try outputs.put(bytes)
    state.withLock { state in
      if let path {
        state.members[output, default: [:]][path] = reference
      } else {
        state.files[output] = reference
      }
    }
  }

  func storedContent(sha256: String) throws -> [UInt8]? {
    guard let digest = Digest(hex: sha256), let reference = try store.reference(for: digest) else {
      return nil
    }
    return try? store.read(reference)
  }

  func progress(completed: Int, total: Int, unit: String) {
    report(.progress(branch, completed: completed, total: total, unit: unit))
  }

  func log(_ line: String) {
    state.withLock { $0.lines.append(line) }
  }

  func shared(
    _ name: String, _ make: @escaping @Sendable () async throws -> any Sendable
  ) async throws -> any Sendable {
    try await shared.value(name, make)
  }

  /// The declared outputs as stored; a stage that left one out has a bug.
  func outputs(_ declared: [(name: String, isFolder: Bool)]) throws -> [StoredOutput] {
    let (files, folders) = state.withLock { ($0.files, $0.members) }
    return try declared.map { name, isFolder in
      if isFolder, let members = folders[name] { return try folder(name, members) }
      if !isFolder, let file = files[name] {
        return StoredOutput(name: name, form: .file(executable: false), object: file)
      }
      throw BranchFailure(
        cause: "the stage did not write its output '\(name)'",
        hint: "this is a mistake in the stage's code")
    }
  }

  private func folder(
    _ name: String, _ members: [String: ObjectReference]
  ) throws -> StoredOutput {
    let listing = try FolderListing(
      members.map { path, reference in
        .init(path: Array(path.utf8), kind: .file(executable: false, digest: reference.digest))
      })
    let references = Dictionary(
      members.values.map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
    return StoredOutput(
      name: name, form: .folder, object: try outputs.put(listing.encoded),
      members: listing.fileDigests.compactMap { references[$0] })
  }

  private func noticingDamage<T>(_ body: () throws(CacheError) -> T) throws(CacheError) -> T {
    do {
      return try body()
    } catch {
      if error.damagedObject != nil {
        state.withLock { $0.damage = $0.damage ?? error }
      }
      throw error
    }
  }
}
