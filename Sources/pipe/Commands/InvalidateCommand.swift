import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest

/// `pipe invalidate`: earlier results of these branches no longer count in this project.
struct InvalidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invalidate", abstract: "Make stages or branches run again next time.",
    discussion: """
      Nothing is deleted, and what comes after is not invalidated: if the new results have the same \
      bytes, it does not run.
      """)

  @Argument(help: "Stages or branches.", completion: .custom(Completions.targets))
  var targets: [String]

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let opened = try project.open()
    let branches = try targets.flatMap { try Targets.branches($0, in: opened.plan) }
    let names = Set(branches).sorted().map { opened.plan.name(of: $0) }
    try opened.state.invalidate(names, at: Date().timeIntervalSince1970)
    let count = Quantities.count(names.count, "branch", "branches")
    Terminal.print("\(count) will run again")
  }
}
