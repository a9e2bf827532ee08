import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One run of a program, in a session and process group of its own.
///
/// Standard input is empty; output and error go to one log; no other descriptor is inherited. Without a
/// controlling terminal a program that wants a password fails instead of waiting for ever.
package struct ChildProcess: Sendable {
  /// How a run ended.
  package enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    case cancelled
  }

  /// Why no run began.
  package enum StartFailure: Error, Sendable, Equatable {
    case programNotFound
    case io(code: Int32)
    case other(String)
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

  private enum Event: Sendable {
    case ended(Result<TerminationStatus, StartFailure>)
    case outOfTime
    case unwatched
  }

  /// Runs the program to its end and then kills whatever is left of its process group.
  ///
  /// When time is up or the calling task is cancelled, the whole group gets SIGTERM, and SIGKILL when the
  /// program has ended or the grace is over.
  package func run(log: OutputLog) async throws(StartFailure) -> Ending {
    if Task.isCancelled { return .cancelled }
    var isOutOfTime = false
    var result: Result<TerminationStatus, StartFailure> = .failure(.other("it was not started"))
    await withTaskGroup(of: Event.self) { group in
      group.addTask { .ended(await self.supervised(log)) }
      group.addTask { await self.watch(log) }
      for await event in group {
        switch event {
        case .ended(let ending): result = ending
        case .outOfTime: isOutOfTime = true
        case .unwatched: continue
        }
        group.cancelAll()
      }
    }
    switch try result.get() {
    case .exited(let code) where code == 0 || !isOutOfTime && !Task.isCancelled:
      return .exited(code)
    case .signaled(let signal) where !isOutOfTime && !Task.isCancelled:
      return .signalled(signal)
    default:
      return isOutOfTime ? .timedOut : .cancelled
    }
  }

  private func supervised(_ log: OutputLog) async -> Result<TerminationStatus, StartFailure> {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(grace))
    ]
    let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    let output = FileDescriptor(rawValue: log.descriptor)
    do {
      let outcome = try await Subprocess.run(
        .path(FilePath(program)),
        arguments: Arguments(executablePathOverride: name, remainingValues: arguments),
        environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
        workingDirectory: FilePath(workingFolder), platformOptions: options, input: .none,
        output: .fileDescriptor(output, closeAfterSpawningProcess: false),
        error: .fileDescriptor(output, closeAfterSpawningProcess: false))
      // The program led its group. While any other member lives, nobody else can have that number.
      _ = kill(-outcome.processIdentifier.value, SIGKILL)
      return .success(outcome.terminationStatus)
    } catch let error as SubprocessError {
      return .failure(StartFailure(error))
    } catch {
      return .failure(.other("\(error)"))
    }
  }

  /// Keeps the log short and says when time is up.
  private func watch(_ log: OutputLog) async -> Event {
    let start = ContinuousClock.now
    while true {
      let left = timeout.map { $0 - (ContinuousClock.now - start) / .seconds(1) }
      if let left, left <= 0 { return .outOfTime }
      do {
        try await Task.sleep(for: .seconds(min(left ?? 0.25, 0.25)))
        try log.trim()
      } catch is CancellationError {
        return .unwatched
      } catch {
        // The log cannot be shortened now; perhaps next time.
        continue
      }
    }
  }
}

extension ChildProcess.StartFailure {
  fileprivate init(_ error: SubprocessError) {
    switch (error.code, error.underlyingError) {
    case (.executableNotFound, _): self = .programNotFound
    case (_, let code?): self = .io(code: code.rawValue)
    case (_, nil): self = .other(error.description)
    }
  }
}
