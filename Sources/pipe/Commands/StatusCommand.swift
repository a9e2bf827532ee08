import ArgumentParser
import Foundation
import PipelineEngine
import PipelineManifest
import StageInterface

/// `pipe status`: for every stage, how many branches are done, would run, and why.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show which branches are up to date, which would run, and why.",
    discussion: """
      'may run' counts branches after something that would run: if that yields the same bytes, they \
      are spared. Answers while a run is going on.
      """)

  @Argument(help: "Stages, branches or output paths.", completion: .custom(Completions.targets))
  var targets: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let stages = try statuses()
    if json {
      let list = ParameterValue.list(stages.map(\.json))
      Terminal.print(ParameterValue.object(["stages": list]).description)
    } else {
      Terminal.print(Self.table(of: stages).text)
      if let failures = Self.failures(in: stages) { Terminal.print(failures) }
      for stage in stages {
        for (branch, failure) in stage.blocked {
          Terminal.print(ErrorText.text(of: failure, branch: branch, "cannot run"))
        }
      }
    }
  }

  /// Which branches failed when they last ran, and where to look.
  private static func failures(in stages: [StageStatus]) -> String? {
    let failed = stages.flatMap(\.failed)
    guard let first = failed.first else { return nil }
    let names = failed.prefix(10).joined(separator: ", ")
    let rest = failed.count > 10 ? " and \(failed.count - 10) more" : ""
    return "failed when last run: \(names)\(rest)\nhint: pipe logs \(first)"
  }

  private func statuses() throws -> [StageStatus] {
    let place = try project.findManifest()
    if targets.isEmpty, let look = project.lastLook(at: place) {
      return StageStatus.stages(of: look)
    }
    let opened = try project.open(at: place, isReadOnly: true)
    let assessment = try Assessment(
      of: opened, environment: ProcessInfo.processInfo.environment,
      selected: try Targets.branches(targets, in: opened.plan))
    return StageStatus.stages(of: opened, assessment)
  }

  private static func table(of stages: [StageStatus]) -> Table {
    var table = Table([
      ("stage", .left), ("kind", .left), ("branches", .right), ("up to date", .right),
      ("would run", .right), ("may run", .right), ("why", .left),
    ])
    for stage in stages {
      table.add([
        stage.name, stage.kind, "\(stage.branches)", "\(stage.upToDate)", "\(stage.wouldRun)",
        "\(stage.mayRun)", Terminal.plain(stage.why),
      ])
    }
    return table
  }
}
