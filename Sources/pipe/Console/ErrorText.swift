import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest
import Workspaces

/// All error messages in one form: headline, aligned facts, one hint.
enum ErrorText {
  /// Tells the user about `error` and ends the program with the code that belongs to it.
  static func exit(for error: any Error) -> Never {
    switch error {
    case let invalid as InvalidManifest:
      Terminal.printError(text(of: invalid))
      Pipe.exit(
        withError: invalid.isAboutOverrides ? PipeExit.usage : PipeExit.invalidManifest)
    case let error as CacheError:
      Terminal.printError(headline("error", error.description))
      Pipe.exit(withError: code(for: error))
    case let error as UserError:
      Terminal.printError(error.text)
      Pipe.exit(withError: error.code)
    case let error as WorkspaceError:
      Terminal.printError(headline("error", error.description))
      Pipe.exit(withError: PipeExit.stageFailed)
    case let failure as BranchFailure:
      Terminal.printError(headline("error", failure.cause))
      Pipe.exit(withError: PipeExit.stageFailed)
    case let error as CocoaError:
      Terminal.printError(headline("error", text(of: error)))
      Pipe.exit(withError: PipeExit.stageFailed)
    default:
      // Usage errors, `--help`, `--version` and exit codes are the argument parser's to show.
      Pipe.exit(withError: error)
    }
  }

  static func headline(_ word: String, _ message: String) -> String {
    let style: Style = word == "error" ? .red : .yellow
    return style("\(word):", Terminal.errorsAreTerminal) + " " + message
  }

  static func text(of invalid: InvalidManifest) -> String {
    let count = Quantities.count(invalid.problems.count, "problem", "problems")
    let details = invalid.problems.map { $0.text(file: invalid.file) }
    let place = invalid.isAboutOverrides ? "--set" : invalid.file
    return headline("error", "\(count) in \(place)") + "\n" + details.joined(separator: "\n")
  }

  /// A file operation of Foundation that failed: which file, and the system's reason.
  static func text(of error: CocoaError) -> String {
    let path = (error.userInfo[NSFilePathErrorKey] as? String).map { "\($0): " } ?? ""
    let cause = error.underlying as? POSIXError
    return path
      + (cause.map { String(cString: strerror($0.code.rawValue)) }
        ?? "the file operation failed (\(error.code.rawValue))")
  }

  /// What is said when a branch has failed.
  ///
  /// - Parameters:
  ///   - failure: Why.
  ///   - branch: Its name.
  ///   - verb: `failed`, or `cannot run` where nothing has run.
  /// - Returns: Headline, facts, output and hint.
  static func text(
    of failure: BranchFailure, branch: String, _ verb: String = "failed"
  ) -> String {
    var lines = [headline("error", "stage '\(branch)' \(verb)")]
    let facts = [BranchFailure.Fact(name: "cause", value: failure.cause)] + failure.facts
    let width = facts.map(\.name.count).max() ?? 0
    for fact in facts {
      let name = fact.name.padding(toLength: width, withPad: " ", startingAt: 0)
      let value = Terminal.plain(fact.value).split(
        separator: "\n", omittingEmptySubsequences: false)
      let indent = String(repeating: " ", count: width + 4)
      lines.append("  \(name)  \(value.joined(separator: "\n" + indent))")
    }
    if !failure.output.isEmpty {
      lines.append("  output:")
      lines += failure.output.map { "  | " + $0 }
    }
    if let hint = failure.hint { lines.append("hint: \(Terminal.plain(hint))") }
    return lines.joined(separator: "\n")
  }

  private static func code(for error: CacheError) -> ExitCode {
    switch error {
    case .inExclusiveUse, .inUse: PipeExit.exclusiveUse
    case .corrupt, .missing: PipeExit.damageFound
    default: PipeExit.stageFailed
    }
  }
}

/// A mistake of the user's that is neither in `pipeline.json` nor in the form of the arguments.
struct UserError: Error {
  var message: String
  var hint: String?
  var code = PipeExit.usage

  var text: String {
    ErrorText.headline("error", message) + (hint.map { "\nhint: \($0)" } ?? "")
  }
}

extension InvalidManifest {
  /// Whether the file is fine and only what `--set` says is not.
  fileprivate var isAboutOverrides: Bool {
    problems.allSatisfy { if case .override = $0.location { true } else { false } }
  }
}
