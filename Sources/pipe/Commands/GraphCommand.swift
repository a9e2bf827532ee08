import ArgumentParser
import PipelineManifest

/// `pipe graph`: the stages and what they read.
struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Print the graph of stages.")

  @Option(help: "mermaid (for Markdown), dot (Graphviz) or json.")
  var format = PlanGraph.Format.mermaid

  @OptionGroup var project: ProjectOptions

  func run() throws {
    Terminal.write(PlanGraph.render(try project.plan(), as: format), to: 1)
  }
}

extension PlanGraph.Format: ExpressibleByArgument {}
