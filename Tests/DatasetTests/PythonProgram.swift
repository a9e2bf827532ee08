import ChildPrograms
import Foundation

/// Short Python programs that tests need.
enum PythonProgram {
  /// Whether this machine has pip.
  @Sendable static func hasPip() async throws -> Bool { try await runs("import pip") }

  static func process(_ program: String, _ arguments: String...) -> ChildProcess {
    ChildProcess(
      program: "/usr/bin/env", name: "env", arguments: ["python3", "-c", program] + arguments,
      environment: ProcessInfo.processInfo.environment,
      workingFolder: FileManager.default.currentDirectoryPath)
  }

  /// Whether `program` ends well.
  static func runs(_ program: String, _ argument: String = "") async throws -> Bool {
    let nowhere = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/null"))
    return try await process(program, argument).run(output: nowhere.fileDescriptor) == .exited(0)
  }
}
