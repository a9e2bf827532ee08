#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One run of a program, in a process group of its own and without a controlling terminal.
///
/// Standard input is empty; output and error go to one file; no other descriptor is inherited. Without a
/// terminal a program that wants a password fails instead of waiting for ever.
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

  /// Runs the program to its end and then kills whatever is left of its process group.
  ///
  /// When time is up or the calling task is cancelled, the whole group gets SIGTERM, and SIGKILL when the
  /// program has ended or the grace is over. Meanwhile a thread waits: that of the executor which the task
  /// prefers, such as an ``OwnThread``, or else one that is taken for this run.
  ///
  /// - Parameters:
  ///   - output: The descriptor of the file.
  ///   - meanwhile: Called a few times a second.
  /// - Throws: ``StartFailure``.
  /// - Returns: How the program ended.
  package func run(
    output: Int32, meanwhile: @Sendable () -> Void = {}
  ) async throws(StartFailure) -> Ending {
    if OwnThread.isGiven {
      return try await runBlocking(output, meanwhile)
    }
    return try await withTaskExecutorPreference(OwnThread()) { () async throws(StartFailure) in
      try await runBlocking(output, meanwhile)
    }
  }

  @concurrent private func runBlocking(
    _ output: Int32, _ meanwhile: @Sendable () -> Void
  ) async throws(StartFailure) -> Ending {
    if Task.isCancelled { return .cancelled }
    let group = try ProcessGroup.start(
      program, [name] + arguments, environment: environment, in: workingFolder,
      output: output)
    let isOutOfTime = await withTaskCancellationHandler {
      wait(for: group, meanwhile)
    } onCancel: {
      group.signal(SIGTERM)
    }
    // A program that succeeded in spite of all has succeeded.
    switch group.end() {
    case .exited(let code) where code == 0 || !isOutOfTime && !Task.isCancelled:
      return .exited(code)
    case .signalled(let signal) where !isOutOfTime && !Task.isCancelled:
      return .signalled(signal)
    case .exited, .signalled:
      return isOutOfTime ? .timedOut : .cancelled
    }
  }

  /// Waits until the program has ended, and makes it end when time is up; says whether it was.
  private func wait(for group: ProcessGroup, _ meanwhile: () -> Void) -> Bool {
    let clock = ContinuousClock()
    var isOutOfTime = false
    var isToldToEnd = false
    /// When the next signal is due.
    var due = timeout.map { clock.now + .seconds($0) }
    while true {
      let left = due.map { ($0 - clock.now) / .seconds(1) } ?? .infinity
      if group.hasEnded(within: max(0, min(left, 0.25))) { return isOutOfTime }
      meanwhile()
      if Task.isCancelled && !isToldToEnd {
        isToldToEnd = true
        due = clock.now + .seconds(grace)
      }
      guard let moment = due, moment <= clock.now else { continue }
      if isToldToEnd {
        group.signal(SIGKILL)
        due = nil
      } else {
        group.signal(SIGTERM)
        isOutOfTime = true
        isToldToEnd = true
        due = clock.now + .seconds(grace)
      }
    }
  }
}
