import ArtifactCache
import Synchronization
import Workspaces

/// What was true before a run looked at anything: a look can only be remembered by what was seen first.
package final class LookStart: Sendable {
  /// Nanoseconds since 1970.
  let begun: Int64
  private let state: Mutex<[Witness]?>

  /// Begins a look at the pipeline that the file at the absolute path `manifest` declares.
  package init(manifest: String) {
    begun = fileClock()
    state = Mutex([])
    note([manifest, Self.ownProgram])
  }

  /// The running program, whose code versions and rules decide every key.
  private static let ownProgram = "/proc/self/exe"

  /// Notes store and state as they are before they are opened.
  package func note(store: String, project: String) {
    guard let places = try? Cache.decisivePlaces(of: store, project: project) else {
      return spoil()
    }
    note(ProjectState.decisivePlaces(at: project) + places)
    // A process that only read the index leaves an empty one.
    let unfinished = Witness(
      path: Cache.unfinishedIndex(of: store), followsLink: true, finding: .nothingOrEmpty)
    if (try? WitnessCheck(in: "/").holds(unfinished)) != true { spoil() }
    state.withLock { $0?.append(unfinished) }
  }

  /// Something was told that the next run must tell again, so that must look for itself.
  package func spoil() { state.withLock { $0 = nil } }

  /// Nil when this look is not to be remembered.
  var witnesses: [Witness]? { state.withLock { $0 } }

  private func note(_ places: [String]) {
    let found = places.map { Witness.of($0, followingLink: true, begun: begun) }
    state.withLock { state in
      if found.contains(nil) { state = nil }
      state?.append(contentsOf: found.compactMap(\.self))
    }
  }
}
