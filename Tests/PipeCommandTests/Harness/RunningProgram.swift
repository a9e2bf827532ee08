import Foundation
import Synchronization
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program under way, whose output goes to files, so that nothing it prints can block it.
final class RunningProgram: Sendable {
  let identifier: Int32
  private let process: Process
  private let outputPath: String
  private let errorPath: String
  private let hasEnded: Mutex<Bool>

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: Without its name.
  ///   - environment: All of its environment.
  ///   - directory: Where it runs.
  ///   - captures: An existing folder for the files of what it prints.
  /// - Throws: When it cannot be started.
  init(
    _ path: String, _ arguments: [String], environment: [String: String], directory: String,
    captures: String
  ) throws {
    let base = "\(captures)/\(UUID().uuidString)"
    outputPath = base + ".output"
    errorPath = base + ".errors"
    process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardInput = FileHandle.nullDevice
    let handles = try [outputPath, errorPath].map { path in
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    hasEnded = Mutex(false)
    try process.run()
    // The program has its own by now; Foundation would keep ours for long, and not bear so many.
    for handle in handles { try handle.close() }
    identifier = process.processIdentifier
  }

  /// What it has written to standard output up to now.
  var outputSoFar: String { Self.read(outputPath) }

  /// What it has written to standard error up to now.
  var errorsSoFar: String { Self.read(errorPath) }

  func eventsSoFar() throws -> [Event] { try Event.parse(unfinished: outputSoFar) }

  var isRunning: Bool { process.isRunning }

  /// Once the program has ended, its identifier may be another's.
  func send(signal number: Int32) {
    if process.isRunning { _ = kill(identifier, number) }
  }

  /// Waits until the program has ended; one that takes too long is killed, which is an error.
  func outcome(within limit: Duration = .seconds(50)) async throws -> Outcome {
    do {
      try await eventually("\(process.arguments ?? []) ends", within: limit) { !isRunning }
    } catch {
      send(signal: SIGKILL)
      throw error
    }
    let status = Int(process.terminationStatus)
    return Outcome(
      status: process.terminationReason == .exit ? status : 128 + status,
      output: outputSoFar, errors: errorsSoFar)
  }

  private static func read(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}
