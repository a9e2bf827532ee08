import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program run without a shell; what it prints goes to a file, so that no pipe can fill up.
struct ChildProgram: Sendable {
  /// Looked up in PATH.
  var name: String
  var arguments: [String]
  /// Added to the environment of this program.
  var environment: [String: String]
  var logPath: String
  var limitSeconds: Int

  struct Outcome: Sendable {
    /// Exit status, or the number of the signal that ended it.
    var status: Int32
    /// What it printed, line by line.
    var lines: [String]
  }

  /// Runs the program to its end on the calling thread; ends it when cancelled or out of time.
  func run(cancellation: CancellationFlag) throws -> Outcome {
    try Data().write(to: URL(fileURLWithPath: logPath))
    let log = try FileHandle(forWritingTo: URL(fileURLWithPath: logPath))
    defer { try? log.close() }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [name] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = log
    process.standardError = log
    try process.run()
    let deadline = ContinuousClock.now + .seconds(limitSeconds)
    while process.isRunning {
      if cancellation.isCancelled || ContinuousClock.now > deadline {
        end(process)
        if cancellation.isCancelled { throw CancellationError() }
        throw DatasetError.program(
          name, status: SIGTERM, lastLines: ["it took more than \(limitSeconds) s"])
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
    let printed = try String(
      decoding: Data(contentsOf: URL(fileURLWithPath: logPath)), as: UTF8.self)
    return Outcome(
      status: process.terminationStatus, lines: printed.split(separator: "\n").map(String.init))
  }

  /// Asks the program to end, and makes it after a second.
  private func end(_ process: Process) {
    process.terminate()
    let deadline = ContinuousClock.now + .seconds(1)
    while process.isRunning, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.02) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }
}
