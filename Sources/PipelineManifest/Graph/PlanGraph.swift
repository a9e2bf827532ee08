import StageInterface

/// A plan as a picture of its stages, in the languages of others.
package enum PlanGraph {
  package enum Format: String, Sendable, CaseIterable {
    case mermaid
    case dot
    case json
  }

  /// The graph of a plan's stages with the number of their branches; edges point the way data goes.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - format: The language.
  /// - Returns: A text that ends with a line break; the same plan gives the same bytes.
  package static func render(_ plan: Plan, as format: Format) -> String {
    switch format {
    case .mermaid: mermaid(plan)
    case .dot: dot(plan)
    case .json: json(plan)
    }
  }

  private static func label(_ stage: PlannedStage, separator: String) -> String {
    let count = stage.axes.isEmpty ? "" : " × \(stage.branches.count)"
    return stage.name + count + separator + stage.kind
  }

  /// Edges between two stages, each pair once: the names of the inputs and whether any collects.
  private static func edges(_ plan: Plan) -> [(
    from: Int, to: Int, inputs: [String], isCollected: Bool
  )] {
    plan.stages.indices.flatMap { reader in
      var edges: [(from: Int, to: Int, inputs: [String], isCollected: Bool)] = []
      var index: [Int: Int] = [:]
      for source in plan.stages[reader].sources {
        if let known = index[source.stage] {
          edges[known].inputs.append(source.input)
          edges[known].isCollected = edges[known].isCollected || source.isCollected
        } else {
          index[source.stage] = edges.count
          edges.append((source.stage, reader, [source.input], source.isCollected))
        }
      }
      return edges
    }
  }

  private static func mermaid(_ plan: Plan) -> String {
    var text = "flowchart LR\n"
    for (index, stage) in plan.stages.enumerated() {
      text += "  s\(index)[\"\(label(stage, separator: "<br/>"))\"]\n"
    }
    for edge in edges(plan) {
      let arrow = edge.isCollected ? "==>" : "-->"
      text += "  s\(edge.from) \(arrow)|\"\(edge.inputs.joined(separator: ", "))\"| s\(edge.to)\n"
    }
    return text
  }

  private static func dot(_ plan: Plan) -> String {
    var text = "digraph pipeline {\n  rankdir=LR;\n  node [shape=box];\n"
    for (index, stage) in plan.stages.enumerated() {
      text += "  s\(index) [label=\"\(label(stage, separator: "\\n"))\"];\n"
    }
    for edge in edges(plan) {
      let style = edge.isCollected ? ", style=bold" : ""
      text +=
        "  s\(edge.from) -> s\(edge.to) [label=\"\(edge.inputs.joined(separator: ", "))\"\(style)];\n"
    }
    return text + "}\n"
  }

  private static func json(_ plan: Plan) -> String {
    JSONTree.object([
      (
        "stages",
        .array(
          plan.stages.map { stage in
            .object([
              ("name", .string(stage.name)), ("kind", .string(stage.kind)),
              ("branches", .integer(stage.branches.count)),
              ("axes", .array(stage.axes.map { .string($0.name) })),
              ("depth", .integer(stage.depth)),
            ])
          })
      ),
      (
        "edges",
        .array(
          edges(plan).map { edge in
            .object([
              ("from", .string(plan.stages[edge.from].name)),
              ("to", .string(plan.stages[edge.to].name)),
              ("inputs", .array(edge.inputs.map { .string($0) })),
              ("collected", .boolean(edge.isCollected)),
            ])
          })
      ),
    ]).prettyText()
  }
}
