import ArgumentParser
import PipelineEngine

/// The program: one subcommand a file, in `Commands/`.
@main
struct Pipe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipe",
    abstract: "Run a research pipeline and never compute the same thing twice.",
    discussion: """
      'pipeline.json' declares the stages; pipe finds it in this folder or the nearest one above. \
      Results live in 'cache/', keyed by the content of inputs, parameters and code.

      Exit status: 0 all is well · 1 a stage failed, or a result differs · 2 pipeline.json is invalid · 3 damage found in \
      the cache · 4 the cache is in exclusive use · 64 wrong usage · 130 interrupted.
      """,
    version: Version.text,
    subcommands: [
      RunCommand.self, StatusCommand.self, InvalidateCommand.self, WhyCommand.self,
      GraphCommand.self, LogsCommand.self, ShowCommand.self, ExportCommand.self,
      VerifyCommand.self, CacheCommand.self, InitCommand.self, SchemaCommand.self,
    ])

  static func main() {
    Task.detached {
      await run()
      exit()
    }
    Interrupts.waitForSignals()
  }

  private static func run() async {
    Interrupts.surviveLostReaders()
    Interrupts.surviveFileSizeLimits()
    do {
      var command = try parseAsRoot(ArgumentHabits.adapted(CommandLine.arguments.dropFirst()))
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      ErrorText.exit(for: error)
    }
  }
}
