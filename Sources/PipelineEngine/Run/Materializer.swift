import ArtifactCache
import PipelineManifest
import Synchronization
import Workspaces

/// Keeps declared output paths in the work tree what the results say, and knows what it put there.
final class Materializer: Sendable {
  let workTree: WorkTree
  private let plan: Plan
  private let state: ProjectState
  private let written: Mutex<Written>

  private struct Written {
    var recorded: WrittenTree
    var changes: [ProjectPath: FolderListing.Kind?] = [:]
  }

  init(project: Project) throws {
    plan = project.plan
    state = project.state
    workTree = WorkTree(
      project: project.folder, store: project.cache.objects, memory: project.files.memory,
      displaced: project.cacheFolder + "/displaced")
    written = Mutex(Written(recorded: WrittenTree(try state.writtenPlaces())))
  }

  /// Whether every declared path of a branch holds its output already, as far as a glance can tell.
  func isComplete(_ branch: BranchID, _ outputs: [StoredOutput]) -> Bool {
    plan.branches[branch].outputs.allSatisfy { planned in
      guard let path = planned.path else { return true }
      guard let output = outputs.first(where: { $0.name == planned.name }),
        let place = try? ProjectPath(path),
        written.withLock({ $0.recorded[place] != nil })
      else { return false }
      return workTree.holds(output, at: place)
    }
  }

  /// Puts the outputs of a branch at their declared paths, from what it has made if that is still there.
  func restore(
    _ branch: BranchID, _ outputs: [StoredOutput], made: MadeFiles? = nil
  ) throws -> Restoration {
    var done = Restoration()
    for planned in plan.branches[branch].outputs {
      guard let path = planned.path, let output = outputs.first(where: { $0.name == planned.name })
      else { continue }
      let place = try ProjectPath(path)
      let recorded = output.form == .folder ? written.withLock { $0.recorded.inside(place) } : [:]
      done.add(try workTree.restore(output, at: place, recorded: recorded, made: made))
    }
    note(done.written.mapValues { $0 })
    note(Dictionary(uniqueKeysWithValues: done.removed.map { ($0, nil) }))
    return done
  }

  /// Removes what earlier plans put into the work tree and this one does not declare.
  ///
  /// What somebody has changed since stays. Gives the paths that went.
  func removeUndeclared() throws -> [String] {
    let declared = Set(
      try plan.branches.flatMap(\.outputs).compactMap(\.path).map { try ProjectPath($0) })
    let undeclared = written.withLock(\.recorded.kinds).filter { path, _ in
      !declared.contains(path) && !path.ancestors.contains(where: declared.contains)
    }
    guard !undeclared.isEmpty else { return [] }
    let removal = try workTree.remove(undeclared, keeping: Set(declared.flatMap(\.ancestors)))
    note(Dictionary(uniqueKeysWithValues: undeclared.keys.map { ($0, nil) }))
    return removal.removed.map(\.text).sorted()
  }

  /// Saves what was written and removed, for the next run.
  func saveWritten() throws {
    let changes = written.withLock { written in
      defer { written.changes = [:] }
      return written.changes
    }
    guard !changes.isEmpty else { return }
    try state.noteWrittenOutputs(
      Dictionary(uniqueKeysWithValues: changes.map { (Array($0.key.text.utf8), $0.value) }))
  }

  private func note(_ changes: [ProjectPath: FolderListing.Kind?]) {
    written.withLock { written in
      for (path, kind) in changes where written.recorded[path] != kind {
        written.recorded[path] = kind
        written.changes[path] = .some(kind)
      }
    }
  }
}
