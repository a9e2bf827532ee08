import ArtifactCache
import ChildPrograms

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One attempt of a command, in a folder that it has to itself.
struct CommandAttempt: Sendable {
  let runner: CommandRunner
  let request: CommandRequest
  /// Cleared, but for `folders`.
  let lent: LentFolder
  /// The request's ``CommandRequest/allFolders``.
  let folders: Set<ProjectPath>

  private var folder: PrivateFolder { lent.value }

  /// Where the command runs.
  var place: ProjectFolder {
    switch request.workingFolder {
    case .privateFolder: folder.files
    case .project: runner.sources.project
    }
  }

  func run() async throws(CommandFailure) -> CommandResult {
    let displaced = try prepare()
    let process = try makeProcess()
    let log = try failing(CommandFailure.Reason.inputs) { () throws(WorkspaceError) in
      try OutputLog(at: folder.log, over: folder.overwrite(folder.log, appending: true))
    }
    let start = ContinuousClock.now
    let ending = await Result { () async throws(ChildProcess.StartFailure) in
      // A log that cannot be shortened now is tried again later.
      try await process.run(output: log.descriptor) { try? log.trim() }
    }
    let duration = (ContinuousClock.now - start) / .seconds(1)
    let output = (try? log.contents()) ?? []
    func failure(_ reason: CommandFailure.Reason) -> CommandFailure {
      CommandFailure(reason: reason, log: output, duration: duration)
    }
    if let reason = reason(of: ending) { throw failure(reason) }
    let changed = runner.sources.changed(request.sources)
    if !changed.isEmpty { throw failure(.sourcesChanged(changed)) }
    do throws(WorkspaceError) {
      let captured = try capture()
      return CommandResult(
        outputs: captured.outputs, log: output, duration: duration, displaced: displaced,
        made: MadeFiles(in: lent, captured.signatures))
    } catch {
      throw failure(.outputs(error))
    }
  }

  private func reason(
    of ending: Result<ChildProcess.Ending, ChildProcess.StartFailure>
  ) -> CommandFailure.Reason? {
    switch ending {
    case .success(.exited(0)): return nil
    case .success(.exited(let code)): return .exited(code)
    case .success(.signalled(let signal)): return .signalled(signal)
    case .success(.timedOut): return .timedOut(request.timeout ?? 0)
    case .success(.cancelled): return .cancelled
    case .failure(let failure): return reason(of: failure)
    }
  }

  private func reason(of failure: ChildProcess.StartFailure) -> CommandFailure.Reason {
    switch failure.code {
    case ENOENT: .programNotFound(programName, nearest: nil)
    case E2BIG:
      .notStarted(
        programName,
        why: "its arguments are too long; "
          + "read a collected input from the file that $PIPE_INPUT_… names")
    case ENOEXEC:
      .notStarted(programName, why: "it is no program; does its first line begin with '#!'?")
    case let code: .notStarted(programName, why: String(cString: strerror(code)))
    }
  }

  private func capture() throws(WorkspaceError) -> CapturedOutputs {
    let inputs = Set(request.stagedFiles.map(\.path))
    return try OutputCapture(folder: place, store: runner.outputs, inputs: inputs)
      .capture(request.outputs)
  }
}

// MARK: - Before it starts

extension CommandAttempt {
  /// Puts everything in place; gives what had to make way in the project.
  private func prepare() throws(CommandFailure) -> [DisplacedFile] {
    try failing(CommandFailure.Reason.inputs) { () throws(WorkspaceError) in
      let description = CommandDescription(request: request, about: folder.about)
      switch request.workingFolder {
      case .privateFolder:
        try folder.stage(
          request.stagedFiles, in: folders,
          StagingContext(project: runner.sources.project, store: runner.store))
        try description.write(in: folder)
        return []
      case .project:
        try description.write(in: folder)
        let changed = runner.sources.changed(request.sources)
        if !changed.isEmpty { throw .changed(changed) }
        return try runner.workTree.clear(request.outputs.map(\.path))
      }
    }
  }

  private var programName: String {
    switch request.program {
    case .shell: "sh"
    case .arguments(let words): words.first ?? ""
    }
  }

  private func makeProcess() throws(CommandFailure) -> ChildProcess {
    let name = programName
    let isRelative = name.contains("/") && !name.hasPrefix("/")
    guard let program = isRelative ? place.root + "/" + name : runner.programs.find(name) else {
      throw CommandFailure(
        reason: .programNotFound(name, nearest: runner.programs.nearest(to: name)))
    }
    let arguments =
      switch request.program {
      case .shell(let text): ["-c", text]
      case .arguments(let words): Array(words.dropFirst())
      }
    let description = CommandDescription(request: request, about: folder.about)
    return ChildProcess(
      program: program, name: name, arguments: arguments,
      environment: description.environment(host: runner.host, temporary: folder.temporary),
      workingFolder: place.root, timeout: request.timeout)
  }
}

extension Result {
  fileprivate init(_ body: () async throws(Failure) -> Success) async {
    do throws(Failure) {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
