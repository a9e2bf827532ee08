import ChildPrograms
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

  /// Runs the program to its end; ends it and all that it started when cancelled or out of time.
  func run() async throws -> Outcome {
    try Data().write(to: URL(fileURLWithPath: logPath))
    let log = try FileHandle(forWritingTo: URL(fileURLWithPath: logPath))
    defer { try? log.close() }
    let process = ChildProcess(
      program: "/usr/bin/env", name: "env", arguments: [name] + arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      workingFolder: FileManager.default.currentDirectoryPath, timeout: Double(limitSeconds),
      grace: 1)
    let status: Int32
    switch try await process.run(output: log.fileDescriptor) {
    case .exited(let code), .signalled(let code): status = code
    case .cancelled: throw CancellationError()
    case .timedOut:
      throw DatasetError.program(
        name, status: SIGTERM, lastLines: ["it took more than \(limitSeconds) s"])
    }
    let printed = try String(
      decoding: Data(contentsOf: URL(fileURLWithPath: logPath)), as: UTF8.self)
    return Outcome(status: status, lines: printed.split(separator: "\n").map(String.init))
  }
}
