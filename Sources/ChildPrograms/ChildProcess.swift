/// One run of a program, in a session and process group of its own.
///
/// Standard input is empty; output and error go to one file; no other descriptor is inherited. Without a
/// controlling terminal a program that wants a password fails instead of waiting for ever.
package struct ChildProcess: Sendable {
  /// How a run ended.
  package enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    case cancelled
  }

  /// Why no run began: the error code of the system call that starts programs.
  package struct StartFailure: Error, Sendable, Equatable {
    package let code: Int32
  }

  private let program: String
  private let name: String
  private let arguments: [String]
  private let environment: [String: String]
  private let workingFolder: String
  private let timeout: Double?
  private let grace: Double

  /// A program that can be run any number of times.
  ///
  /// - Parameters:
  ///   - program: Its absolute path.
  ///   - name: What it is told that it was called as.
  ///   - arguments: The arguments after its name.
  ///   - environment: The whole environment.
  ///   - workingFolder: Absolute path of the folder that it runs in.
  ///   - timeout: Seconds; nil for ever.
  ///   - grace: Seconds between SIGTERM and SIGKILL.
  package init(
    program: String, name: String, arguments: [String], environment: [String: String],
    workingFolder: String, timeout: Double? = nil, grace: Double = 2
  ) {
    self.program = program
    self.name = name
    self.arguments = arguments
    self.environment = environment
    self.workingFolder = workingFolder
    self.timeout = timeout
    self.grace = grace
  }

  /// Kills every program that runs now with its whole group; for a process that is about to end itself.
  package static func killAll() {
    ProcessGroup.killAll()
  }

  private enum Event: Sendable {
    case ended(ProcessGroup.Ending)
    case outOfTime
    case unwatched
  }

  /// Runs the program to its end and then kills whatever is left of its process group.
  ///
  /// When time is up or the calling task is cancelled, the whole group gets SIGTERM, and SIGKILL when the
  /// program has ended or the grace is over.
  ///
  /// - Parameters:
  ///   - output: The descriptor of the file.
  ///   - meanwhile: Called a few times a second.
  /// - Throws: ``StartFailure``.
  /// - Returns: How the program ended.
  package func run(
    output: Int32, meanwhile: @escaping @Sendable () -> Void = {}
  ) async throws(StartFailure) -> Ending {
    if Task.isCancelled { return .cancelled }
    let group = try ProcessGroup.start(
      program, [name] + arguments, environment: environment, in: workingFolder,
      output: output)
    var isOutOfTime = false
    var ending = ProcessGroup.Ending.exited(0)
    await withTaskGroup(of: Event.self) { children in
      children.addTask { .ended(await group.end(grace: grace)) }
      children.addTask { await watch(meanwhile) }
      for await event in children {
        switch event {
        case .ended(let how): ending = how
        case .outOfTime: isOutOfTime = true
        case .unwatched: continue
        }
        children.cancelAll()
      }
    }
    // A program that succeeded in spite of all has succeeded.
    switch ending {
    case .exited(let code) where code == 0 || !isOutOfTime && !Task.isCancelled:
      return .exited(code)
    case .signalled(let signal) where !isOutOfTime && !Task.isCancelled:
      return .signalled(signal)
    case .exited, .signalled:
      return isOutOfTime ? .timedOut : .cancelled
    }
  }

  /// Says when time is up.
  private func watch(_ meanwhile: @Sendable () -> Void) async -> Event {
    let start = ContinuousClock.now
    while true {
      let left = timeout.map { $0 - (ContinuousClock.now - start) / .seconds(1) }
      if let left, left <= 0 { return .outOfTime }
      do {
        try await Task.sleep(for: .seconds(min(left ?? 0.25, 0.25)))
      } catch {
        return .unwatched
      }
      meanwhile()
    }
  }
}
