import StageInterface

extension Planner {
  /// Puts together the plan of a manifest without problems.
  func assemble(depths: [Int]) -> Plan {
    let positions = SourceLines.positions(of: draft.stages.map(\.offset), in: document.bytes)
    let stages = draft.stages.indices.map { stage in
      self.stage(stage, depth: depths[stage], position: positions[stage])
    }
    var branches: [PlannedBranch] = []
    branches.reserveCapacity(branchCount)
    for stage in work {
      branches += stage.branches
      stage.branches = []
    }
    return Plan(
      stages: stages, branches: branches, collections: collections.map(collection),
      cacheFolder: draft.cacheFolder)
  }

  private func stage(_ index: Int, depth: Int, position: SourcePosition) -> PlannedStage {
    let source = draft.stages[index]
    let work = work[index]
    let inputs = source.inputs
    return PlannedStage(
      name: source.name, kind: source.kindWord, description: source.description,
      declaration: source.declaration, codeVersion: codeVersion(source),
      axes: axes(of: work), branches: work.firstBranch..<work.firstBranch + work.branches.count,
      command: specification(source, work), outputs: declaredOutputs(of: index),
      sources: work.edges.sorted { ($0.input, $0.stage) < ($1.input, $1.stage) }.map {
        StageSource(stage: $0.stage, input: inputs[$0.input].name, isCollected: $0.isCollected)
      }, depth: depth, position: position)
  }

  private func codeVersion(_ stage: StageDraft) -> String {
    if case .builtIn(let kind) = stage.kind { kind.codeVersion } else { "" }
  }

  /// The axes with the values that occur: a selection may have left some out.
  private func axes(of work: StageWork) -> [PlannedAxis] {
    guard let relation = work.relation else { return [] }
    return relation.axes.enumerated().map { column, axis in
      let values = domains[axis.domain]
      var isUsed = [Bool](repeating: false, count: values.count)
      for row in 0..<relation.count {
        isUsed[Int(relation.cells[row * relation.axes.count + column])] = true
      }
      let used = isUsed.allSatisfy { $0 } ? values : zip(values, isUsed).filter(\.1).map(\.0)
      return PlannedAxis(name: axis.name, isOwn: axis.isOwn, values: used)
    }
  }

  private func specification(_ source: StageDraft, _ work: StageWork) -> CommandSpecification? {
    guard let command = source.command, let program = work.program else { return nil }
    return CommandSpecification(
      program: program, environment: command.environment,
      passEnvironment: command.passEnvironment, tools: command.tools, timeout: command.timeout,
      retries: command.retries, cores: command.cores, memory: command.memory,
      workdir: command.workdir)
  }

  private func collection(_ collection: CollectionDraft) -> BranchCollection {
    guard collection.branches.isEmpty else {
      return BranchCollection(
        axes: [],
        elements: collection.branches.map { CollectedElement(axisValues: [], branch: $0) },
        branches: collection.branches)
    }
    let source = work[collection.stage]
    guard let relation = source.relation else {
      return BranchCollection(axes: [], elements: [], branches: [])
    }
    let elements = collection.rows.map { row in
      let cells = relation.row(Int(row))
      return CollectedElement(
        axisValues: collection.columns.map { column in
          domains[relation.axes[column].domain][Int(cells[cells.startIndex + column])]
        }, branch: source.firstBranch + Int(row))
    }
    return BranchCollection(
      axes: collection.columns.map { relation.axes[$0].name }, elements: elements,
      branches: elements.map(\.branch))
  }
}
