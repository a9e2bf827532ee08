/// What the pure evaluator says of one branch.
struct EvaluatedBranch {
  var name: String
  var value: Int
  /// Everything that decides the branch's trace and value: two branches with equal identities are one
  /// piece of work.
  var identity: String
  /// The branches that it reads.
  var sources: [String]
  /// Where its value is in the work tree, if anywhere.
  var path: String?
}

extension IntegerGraph {
  /// Every branch, by recursion and without any memory of earlier runs.
  func evaluated() -> [EvaluatedBranch] {
    var byName: [String: EvaluatedBranch] = [:]
    var all: [EvaluatedBranch] = []
    for stage in stages.indices {
      for point in Self.points(axes(of: stage)) {
        let branch = evaluated(stage, at: point, byName)
        byName[branch.name] = branch
        all.append(branch)
      }
    }
    return all
  }

  private func evaluated(
    _ index: Int, at point: [String: Int], _ before: [String: EvaluatedBranch]
  ) -> EvaluatedBranch {
    let stage = stages[index]
    var inputs: [Int] = []
    var elements: [Int] = []
    var sources: [String] = []
    var identity = "\(stage.kind) \(stage.parameters)"
    let own = stage.axis.map { [point[$0.name, default: 0]] } ?? []
    // Zero is the default of every axis's parameter.
    if let axis = stage.axis, own != [0] { identity += " \(axis.name)=\(own)" }
    for input in stage.inputs {
      switch input.source {
      case .single(let source):
        let name = name(of: source, at: point)
        let value = before[name]?.value ?? 0
        inputs.append(value)
        sources.append(name)
        identity += " \(input.name)=\(value)"
      case .collected(let source, let along):
        let axes = axes(of: source).filter { along == nil || $0.name == along }
        for element in Self.points(axes) {
          let name = name(of: source, at: point.merging(element) { _, new in new })
          let value = before[name]?.value ?? 0
          elements.append(value)
          sources.append(name)
          identity += " \(input.name)\(axes.map { element[$0.name, default: 0] })=\(value)"
        }
        identity += " \(axes.map(\.name))"
      }
    }
    return EvaluatedBranch(
      name: name(of: index, at: point),
      value: stage.parameters.value(inputs: inputs, elements: elements, axes: own),
      identity: identity, sources: sources,
      path: stage.isMaterialised ? path(of: index, at: point) : nil)
  }
}

/// What a store must hold after the runs so far, and so what the next run must do.
struct ModelStore {
  private var identities: Set<String> = []

  struct Prediction {
    /// Pieces of work to be done: for each the branches that share it, of which exactly one runs.
    var work: [[String]] = []
    var upToDate: Set<String> = []
    var wouldRun: Set<String> = []
    var mayRun: Set<String> = []
  }

  func prediction(for branches: [EvaluatedBranch]) -> Prediction {
    var prediction = Prediction()
    var new: [String: [String]] = [:]
    for branch in branches {
      let isKnown = identities.contains(branch.identity)
      if !isKnown { new[branch.identity, default: []].append(branch.name) }
      if !branch.sources.allSatisfy(prediction.upToDate.contains) {
        prediction.mayRun.insert(branch.name)
      } else if isKnown {
        prediction.upToDate.insert(branch.name)
      } else {
        prediction.wouldRun.insert(branch.name)
      }
    }
    prediction.work = Array(new.values)
    return prediction
  }

  mutating func note(_ branches: [EvaluatedBranch]) {
    for branch in branches { identities.insert(branch.identity) }
  }
}
