import ArgumentParser
import Foundation
import PipelineEngine
import PipelineManifest

/// `pipe logs`: what a branch printed when it last ran, or last failed.
struct LogsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Print what a branch printed when it last ran or failed.")

  @Argument(help: "A branch.", completion: .custom(Completions.targets))
  var branch: String

  @Flag(help: "Print terminal escapes as they were printed.")
  var raw = false

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let opened = try project.open(isReadOnly: true)
    let id = try Targets.branch(branch, in: opened.plan)
    let name = opened.plan.name(of: id)
    guard let log = try BranchLog.latest(of: id, in: opened) else {
      throw UserError(
        message: "there is no log of '\(name)' yet; a running branch leaves it when it ends",
        hint: "pipe run \(name)", code: PipeExit.stageFailed)
    }
    let moment = Quantities.moment(log.started)
    Terminal.printError("\(name), \(log.hasFailed ? "failed" : "finished") at \(moment)")
    Terminal.write(raw ? log.bytes : log.withoutEscapes, to: 1)
  }
}
