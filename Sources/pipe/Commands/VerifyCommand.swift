import ArgumentParser
import Foundation
import PipelineEngine
import PipelineManifest
import Workspaces

/// `pipe verify`: run finished branches again beside the cache, and compare the bits.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Run finished branches again and compare the bits.",
    discussion: """
      Works in a folder of its own that is removed; cache and work tree stay as they are. Branches \
      without a valid result, and those that work in the project itself, are named and left out. \
      Exit status 1 when a result differs or cannot be made again.
      """)

  @Argument(help: "Stages, branches or output paths.", completion: .custom(Completions.targets))
  var targets: [String] = []

  @Option(help: "Verify this many branches, chosen at random.")
  var sample: Int?

  @Option(help: "Repeat the choice that was made with this number.")
  var seed: UInt64?

  @Option(name: .shortAndLong, help: "Cores to use at once (default: all).")
  var jobs: Int?

  @Flag(help: "Print events as JSON, one object a line.")
  var json = false

  @OptionGroup var project: ProjectOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1, not \(jobs)") }
    if let sample, sample < 1 {
      throw ValidationError("--sample takes a number from 1, not \(sample)")
    }
    if seed != nil, sample == nil { throw ValidationError("--seed needs --sample") }
  }

  func run() async throws {
    let opened = try project.open(isReadOnly: true, keepingAll: true, needsInputs: true)
    let options = VerificationOptions(
      targets: try Targets.branches(targets, in: opened.plan), sample: sample,
      seed: seed ?? UInt64(UInt32.random(in: 0...(.max))), jobs: jobs ?? Machine.cores)
    let reporter: any VerificationReporter =
      json ? VerificationJSON(plan: opened.plan) : VerificationConsole(plan: opened.plan)
    // Built-in stages read paths such as `file:data/mnist` from the project.
    _ = FileManager.default.changeCurrentDirectoryPath(opened.folder.root)
    let totals = try await Interrupts.cancelling {
      defer { reporter.end() }
      var verifier = Verifier(
        project: opened, options: options, environment: ProcessInfo.processInfo.environment,
        report: reporter.report)
      return try await verifier.verify()
    }
    if totals.wasInterrupted { throw PipeExit.interrupted }
    if !totals.isSuccess { throw PipeExit.stageFailed }
  }
}
