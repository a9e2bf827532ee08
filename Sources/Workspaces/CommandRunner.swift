package import ArtifactCache

/// Runs commands: inputs in place, the program, its outputs into the store.
///
/// One runner serves a whole run and any number of branches at once. It decides nothing: not whether a
/// branch runs, nor what its key is, nor whether it is tried again.
package struct CommandRunner: Sendable {
  let sources: SourceFiles
  let workTree: WorkTree
  /// Has other stages' outputs.
  let store: ContentStore
  /// Takes the command's own.
  let outputs: ContentStore
  let folders: PrivateFolders
  /// Nil: nothing is kept.
  let failed: FailedFolders?
  let host: CommandHost
  let programs: ProgramSearch

  /// A runner for one project.
  ///
  /// - Parameters:
  ///   - sources: The project's files as this run sees them.
  ///   - workTree: Where a command with `"workdir": "project"` finds its outputs' places cleared.
  ///   - store: Where other stages' outputs come from.
  ///   - outputs: Where outputs go; nil: to `store`.
  ///   - folders: The folders that commands run in.
  ///   - failed: Keeps what failed commands leave; nil: nothing is kept.
  ///   - host: What of the environment every command gets.
  package init(
    sources: SourceFiles, workTree: WorkTree, store: ContentStore,
    outputs: ContentStore? = nil, folders: PrivateFolders, failed: FailedFolders?,
    host: CommandHost = .current
  ) {
    self.sources = sources
    self.workTree = workTree
    self.store = store
    self.outputs = outputs ?? store
    self.folders = folders
    self.failed = failed
    self.host = host
    programs = ProgramSearch(path: host.path)
  }

  /// Makes one attempt.
  ///
  /// On failure the folder is kept and named, and of a command that ran in the project its log, unless
  /// the run was cancelled or the command was never started.
  package func run(_ request: CommandRequest) async throws(CommandFailure) -> CommandResult {
    if Task.isCancelled { throw CommandFailure(reason: .cancelled) }
    let inner = request.allFolders
    let folder = try failing(CommandFailure.Reason.inputs) { () throws(WorkspaceError) in
      try folders.take(keeping: inner)
    }
    let attempt = CommandAttempt(runner: self, request: request, lent: folder, folders: inner)
    do throws(CommandFailure) {
      let result = try await attempt.run()
      failed?.forget(request.branch)
      return result
    } catch {
      throw keeping(folder.value, error, request)
    }
  }

  private func keeping(
    _ folder: PrivateFolder, _ failure: CommandFailure, _ request: CommandRequest
  ) -> CommandFailure {
    var failure = failure
    switch failure.reason {
    case .cancelled, .inputs, .programNotFound, .notStarted: return failure
    case .exited, .signalled, .timedOut, .sourcesChanged, .outputs: break
    }
    guard case .privateFolder = request.workingFolder else {
      try? failed?.keep(log: failure.log, of: request.branch)
      return failure
    }
    failure.undeclared =
      UndeclaredFiles(
        project: sources.project, workingFolder: folder.files,
        declared: Set(request.stagedFiles.map(\.path))
      ).find(in: failure.log)
    // Whoever cannot keep it (a full disk) still hears of the failure itself.
    failure.keptFolder = try? failed?.keep(folder, of: request.branch)
    return failure
  }
}

/// Runs `body`, turning its failure into a command's.
func failing<Value>(
  _ reason: (WorkspaceError) -> CommandFailure.Reason,
  _ body: () throws(WorkspaceError) -> Value
) throws(CommandFailure) -> Value {
  do {
    return try body()
  } catch {
    throw CommandFailure(reason: reason(error))
  }
}
