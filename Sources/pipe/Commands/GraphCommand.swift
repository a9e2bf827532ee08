import ArgumentParser
import PipelineManifest

/// `pipe graph`: the stages and what they read.
struct GraphCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case mermaid
    case dot
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Print the graph of stages.")

  @Option(help: "mermaid (for Markdown), dot (Graphviz) or json.")
  var format = Format.mermaid

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let plan = try project.plan()
    switch format {
    case .mermaid: Terminal.print(plan.mermaidGraph)
    case .dot: Terminal.print(plan.dotGraph)
    case .json: Terminal.print(plan.jsonGraph)
    }
  }
}
