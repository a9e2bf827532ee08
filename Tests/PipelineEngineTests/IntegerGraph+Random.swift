extension IntegerGraph {
  private static let branchLimit = 12
  /// As many as there are axes that a kind can have.
  private static let stageLimit = 8

  static func random(using generator: inout SeededGenerator) -> IntegerGraph {
    var graph = IntegerGraph()
    for _ in 0..<Int.random(in: 3...stageLimit, using: &generator) {
      graph.addStage(using: &generator)
    }
    return graph
  }

  // MARK: Changes

  /// Changes one thing, which may leave every result as it was.
  mutating func change(using generator: inout SeededGenerator) {
    guard let index = stages.indices.randomElement(using: &generator) else { return }
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: stages[index].parameters.addend = Int.random(in: -5...5, using: &generator)
    case 1: stages[index].parameters.factor = Int.random(in: -2...3, using: &generator)
    case 2: stages[index].parameters.modulus = Int.random(in: 1...6, using: &generator)
    case 3: stages[index].parameters.salt += 100
    case 4: changeAxis(of: index, using: &generator)
    case 5: rewire(index, using: &generator)
    case 6: if stages.count < Self.stageLimit { addStage(using: &generator) }
    default: if stages.count > 2 { stages.removeLast() }
    }
  }

  private mutating func changeAxis(of index: Int, using generator: inout SeededGenerator) {
    guard var values = stages[index].axis?.values else { return }
    let before = self
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: values.append((values.max() ?? 0) + 1)
    case 1 where values.count > 1: values.removeLast()
    default: values.shuffle(using: &generator)
    }
    stages[index].axis?.values = values
    if !isAcceptable { self = before }
  }

  private mutating func rewire(_ index: Int, using generator: inout SeededGenerator) {
    guard let input = stages[index].inputs.indices.randomElement(using: &generator) else { return }
    let before = self
    switch stages[index].inputs[input].source {
    case .single:
      stages[index].inputs[input].source = .single(Int.random(in: 0..<index, using: &generator))
    case .collected:
      guard let source = collectable(before: index, using: &generator) else { return }
      stages[index].inputs[input].source = source
    }
    if !isAcceptable { self = before }
  }

  /// Whether the graph is small, and every collection has the axes that it needs still: a stage that
  /// reads from elsewhere may have lost one.
  private var isAcceptable: Bool {
    stages.indices.allSatisfy { index in
      branchCount(of: index) <= Self.branchLimit
        && stages[index].inputs.allSatisfy { input in
          guard case .collected(let source, let along) = input.source else { return true }
          let names = axes(of: source).map(\.name)
          return along.map(names.contains) ?? !names.isEmpty
        }
    }
  }

  // MARK: Making

  private mutating func addStage(using generator: inout SeededGenerator) {
    let index = stages.count
    let kinds = index == 0 ? ["leaf"] : ["leaf", "one", "one", "two", "two", "fold", "mixed"]
    var stage = Stage(
      name: "s\(index)", kind: kinds.randomElement(using: &generator) ?? "leaf",
      parameters: IntegerParameters(
        addend: Int.random(in: -3...3, using: &generator),
        factor: Int.random(in: -1...2, using: &generator),
        modulus: Int.random(in: 1...7, using: &generator), salt: index),
      isMaterialised: generator.oneIn(2))
    stage.inputs = inputs(of: stage.kind, at: index, using: &generator)
    if stage.inputs.isEmpty { stage.kind = "leaf" }
    if generator.oneIn(2) {
      let values = Array(0..<Int.random(in: 1...3, using: &generator))
      stage.axis = Axis(name: IntegerKinds.axes[index], values: values)
    }
    stages.append(stage)
    if branchCount(of: index) > Self.branchLimit {
      stages[index].kind = "leaf"
      stages[index].inputs = []
    }
  }

  /// Inputs for a kind; none where it needs a collection and there is nothing to collect.
  private func inputs(
    of kind: String, at index: Int, using generator: inout SeededGenerator
  ) -> [Input] {
    let names = ["one": ["a"], "two": ["a", "b"], "mixed": ["a"]][kind] ?? []
    var inputs = names.map {
      Input(name: $0, source: .single(Int.random(in: 0..<index, using: &generator)))
    }
    if kind == "fold" || kind == "mixed" {
      guard let source = collectable(before: index, using: &generator) else { return [] }
      inputs.append(Input(name: "all", source: source))
    }
    return inputs
  }

  private func collectable(
    before index: Int, using generator: inout SeededGenerator
  ) -> Reference? {
    let candidates = (0..<index).filter { !axes(of: $0).isEmpty }
    guard let source = candidates.randomElement(using: &generator) else { return nil }
    let along = axes(of: source).randomElement(using: &generator)?.name
    return .collected(source, along: generator.oneIn(2) ? along : nil)
  }
}
