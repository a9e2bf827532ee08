import ArgumentParser
import PipelineManifest

/// What fingers type that know `git`, `make` and `ninja`, in the form that the argument parser takes.
enum ArgumentHabits {
  /// `-C DIR` and `--directory DIR` may stand before the subcommand; `-j4` is `-j 4`.
  ///
  /// - Parameter arguments: As typed, without the program's name.
  /// - Returns: The same for the parser.
  /// - Throws: ``UserError`` with the nearest name for a subcommand that does not exist.
  static func adapted(_ arguments: some Sequence<String>) throws -> [String] {
    var rest = arguments.flatMap(splitJobs)[...]
    var leading: [String] = []
    while let first = rest.first, first == "-C" || first == "--directory", rest.count > 1 {
      leading += rest.prefix(2)
      rest = rest.dropFirst(2)
    }
    guard let command = rest.first, !command.hasPrefix("-") else { return leading + rest }
    try checkSubcommand(command)
    return [command] + rest.dropFirst() + leading
  }

  private static func splitJobs(_ argument: String) -> [String] {
    guard argument.hasPrefix("-j"), argument.count > 2,
      argument.dropFirst(2).allSatisfy(\.isNumber)
    else { return [argument] }
    return ["-j", String(argument.dropFirst(2))]
  }

  private static func checkSubcommand(_ name: String) throws {
    let names =
      Pipe.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard !names.contains(name) else { return }
    let nearest = NearestName.find(name, in: names)
    throw UserError(
      message: "there is no command '\(name)'",
      hint: nearest.map { "did you mean 'pipe \($0)'?" } ?? "pipe --help lists them")
  }
}
