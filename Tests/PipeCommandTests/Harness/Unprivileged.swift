import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `pipe` run by somebody whom file modes bind: `nobody` where the tests are run by root.
enum Unprivileged {
  private static let setpriv = "/usr/bin/setpriv"

  static let isPossible = getuid() != 0 || FileManager.default.isExecutableFile(atPath: setpriv)

  /// Starts `pipe`; the project must be open to everybody.
  static func start(_ arguments: String..., in project: TestProject) throws -> RunningProgram {
    if getuid() != 0 { return try project.start(arguments) }
    // A copy, since the build may lie where nobody else may look.
    let copy = project.outside + "/pipe"
    try FileManager.default.copyItem(atPath: try PipeProgram.path(), toPath: copy)
    return try RunningProgram(
      setpriv, ["--reuid=65534", "--regid=65534", "--clear-groups", copy] + arguments,
      environment: project.environment, directory: project.root, captures: project.outside)
  }
}
