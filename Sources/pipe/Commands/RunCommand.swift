import ArgumentParser
import Foundation
import PipelineEngine
import PipelineManifest
import Workspaces

/// `pipe run`: load the manifest, plan, open the cache, execute, report.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run whatever has no valid result.",
    discussion: """
      Without arguments everything is brought up to date. A target is a stage (train), a branch \
      (train@model=7, train@7), a set of branches (fit@model=*,lr=0.1) or the path of an output; \
      what it needs is run too.
      """)

  @Argument(help: "Stages, branches or output paths.", completion: .custom(Completions.targets))
  var targets: [String] = []

  @Flag(
    name: [.customShort("n"), .long], help: "Tell what would run, and why, without running it.")
  var dryRun = false

  @Option(name: .shortAndLong, help: "Cores to use at once (default: all).")
  var jobs: Int?

  @Flag(name: .shortAndLong, help: "Go on with what does not depend on a failed branch.")
  var keepGoing = false

  @Flag(name: .shortAndLong, help: "Run the targets even where valid results exist.")
  var force = false

  @Flag(help: "Print events as JSON, one object a line.")
  var json = false

  @OptionGroup var project: ProjectOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1, not \(jobs)") }
  }

  func run() async throws {
    if dryRun {
      try DryRun(targets: targets, json: json, isForced: force, project: project).print()
      return
    }
    let reporter = Reporters.make(json: json)
    let place = try project.findManifest()
    let start = ContinuousClock.now
    if targets.isEmpty, !force, !json, let look = project.lastLook(at: place, forRun: true) {
      return reporter.reportNothingToDo(look, seconds: (.now - start) / .seconds(1))
    }
    let opened = try project.open(at: place, needsInputs: true, onNotice: reporter.notice)
    reporter.begin(plan: opened.plan)
    var options = RunOptions(
      targets: try Targets.branches(targets, in: opened.plan), jobs: jobs ?? Machine.cores)
    options.keepsGoing = keepGoing
    options.isForced = force
    options.hasOverrides = !project.overrides.isEmpty
    // Built-in stages read paths such as `file:data/mnist` from the project.
    _ = FileManager.default.changeCurrentDirectoryPath(opened.folder.root)
    let summary = try await Interrupts.cancelling { [options] in
      defer { reporter.end() }
      var executor = try Executor(
        project: opened, options: options, environment: ProcessInfo.processInfo.environment,
        report: reporter.report)
      return try await executor.execute()
    }
    if summary.wasInterrupted { throw PipeExit.interrupted }
    if !summary.isSuccess { throw PipeExit.stageFailed }
  }
}
