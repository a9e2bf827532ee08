import ArgumentParser

/// The exit codes of style and manual; `pipe --help` lists them.
enum PipeExit {
  static let stageFailed = ExitCode(1)
  static let invalidManifest = ExitCode(2)
  static let damageFound = ExitCode(3)
  static let exclusiveUse = ExitCode(4)
  static let usage = ExitCode(64)
  static let interrupted = ExitCode(130)
}
