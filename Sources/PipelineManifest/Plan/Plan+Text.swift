import StageInterface

extension Plan: CustomStringConvertible {
  /// The plan for people: a line for each stage.
  ///
  /// ```
  /// train    train    100 branches  model=0…99   reads mnist
  /// ```
  package var description: String {
    let rows = stages.map { stage in
      [
        stage.name, stage.kind,
        stage.branches.count == 1 ? "1 branch" : "\(stage.branches.count) branches",
        stage.axes.map(Self.text).joined(separator: " "), sources(of: stage),
      ]
    }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        guard column < widths.count else {
          line += cell
          continue
        }
        if widths[column] == 0 { continue }
        line += cell + String(repeating: " ", count: widths[column] - cell.count + 2)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private func sources(of stage: PlannedStage) -> String {
    var names: [String] = []
    for source in stage.sources {
      let name = stages[source.stage].name + (source.isCollected ? "@*" : "")
      if !names.contains(name) { names.append(name) }
    }
    return names.isEmpty ? "" : "reads " + names.joined(separator: ", ")
  }

  /// An axis in short: `model=0…99`, `book=emma,persuasion`.
  package static func text(_ axis: PlannedAxis) -> String {
    let values = axis.values.map { JSONText.printable(BranchName.plain($0)) }
    if values.count > 4, let first = values.first, let last = values.last {
      return "\(axis.name)=\(first)…\(last)"
    }
    return axis.name + "=" + values.joined(separator: ",")
  }

  /// The plan for programs: one JSON object with every stage and branch.
  package func json() -> String {
    JSONTree.object([
      ("stages", .array(stages.map(tree))),
      ("branches", .array(branches.map(tree))),
      (
        "collections",
        .array(
          collections.map { collection in
            .object([
              ("axes", .array(collection.axes.map { .string($0) })),
              ("branches", .array(collection.elements.map { .integer($0.branch) })),
            ])
          })
      ),
    ]).text()
  }

  private func tree(_ stage: PlannedStage) -> JSONTree {
    .object([
      ("name", .string(stage.name)), ("kind", .string(stage.kind)),
      ("depth", .integer(stage.depth)),
      ("branches", .array([.integer(stage.branches.lowerBound), .integer(stage.branches.count)])),
      (
        "axes",
        .array(
          stage.axes.map { axis in
            .object([
              ("name", .string(axis.name)), ("own", .boolean(axis.isOwn)),
              ("values", .array(axis.values.map { .value($0) })),
            ])
          })
      ),
      (
        "reads",
        .array(
          stage.sources.map { source in
            .object([
              ("input", .string(source.input)), ("stage", .string(stages[source.stage].name)),
              ("collected", .boolean(source.isCollected)),
            ])
          })
      ),
    ])
  }

  private func tree(_ branch: PlannedBranch) -> JSONTree {
    .object([
      ("name", .string(name(of: branch.id))),
      ("parameters", .value(branch.parameters)),
      ("inputs", .object(branch.inputs.map { ($0.name, tree($0.source)) })),
      (
        "outputs",
        .object(branch.outputs.map { ($0.name, $0.path.map { .string($0) } ?? .null) })
      ),
      ("reads", .array(branch.dependencies.map { .integer($0) })),
      ("collections", .array(branch.collections.map { .integer($0) })),
    ])
  }

  private func tree(_ source: InputSource) -> JSONTree {
    switch source {
    case .outputs(let branch, let names):
      .object([("branch", .integer(branch)), ("outputs", .array(names.map { .string($0) }))])
    case .collected(let collection, let names):
      .object([
        ("collection", .integer(collection)), ("outputs", .array(names.map { .string($0) })),
      ])
    case .files(let pattern, let producers):
      .object([("files", .string(pattern.text)), ("producers", .integer(producers.count))])
    }
  }
}
