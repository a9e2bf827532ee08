/// A pipeline of integer stages that can be changed at random, written as a manifest, and evaluated
/// without the engine.
struct IntegerGraph {
  struct Axis {
    var name: String
    var values: [Int]
  }

  enum Reference {
    /// A branch of the stage, matched on its axes.
    case single(Int)
    /// All branches (`along` nil), or those along one axis.
    case collected(Int, along: String?)
  }

  struct Input {
    var name: String
    var source: Reference
  }

  struct Stage {
    var name: String
    var kind: String
    var inputs: [Input] = []
    var axis: Axis?
    var parameters = IntegerParameters()
    /// Whether `value` has a path in the work tree.
    var isMaterialised = false
  }

  /// Each reads only stages before it.
  var stages: [Stage] = []

  // MARK: Axes

  /// Own and inherited axes, by name.
  func axes(of stage: Int) -> [Axis] {
    var found: [String: Axis] = [:]
    for input in stages[stage].inputs {
      for axis in axes(through: input.source) { found[axis.name] = axis }
    }
    if let own = stages[stage].axis { found[own.name] = own }
    return found.values.sorted { $0.name < $1.name }
  }

  /// The axes that a reference carries along.
  func axes(through reference: Reference) -> [Axis] {
    switch reference {
    case .single(let source): axes(of: source)
    case .collected(let source, let along):
      along.map { along in axes(of: source).filter { $0.name != along } } ?? []
    }
  }

  /// Every combination of values, the first axis slowest.
  static func points(_ axes: [Axis]) -> [[String: Int]] {
    axes.reduce([[:]]) { points, axis in
      points.flatMap { point in
        axis.values.map { point.merging([axis.name: $0]) { first, _ in first } }
      }
    }
  }

  func branchCount(of stage: Int) -> Int { axes(of: stage).map(\.values.count).reduce(1, *) }

  func name(of stage: Int, at point: [String: Int]) -> String {
    let values = axes(of: stage).map { "\($0.name)=\(point[$0.name, default: 0])" }
    return stages[stage].name + (values.isEmpty ? "" : "@" + values.joined(separator: ","))
  }

  /// Where the value of a branch is in the work tree.
  func path(of stage: Int, at point: [String: Int]) -> String {
    let values = axes(of: stage).map { "-\(point[$0.name, default: 0])" }
    return "out/\(stages[stage].name)\(values.joined()).txt"
  }

  // MARK: Manifest

  /// The members of `stages`.
  var manifest: String {
    stages.indices.map(manifest(of:)).joined(separator: ",\n")
  }

  private func manifest(of index: Int) -> String {
    let stage = stages[index]
    let inputs = stage.inputs.map { "\"\($0.name)\": \"\(text(of: $0.source))\"" }
    var members = [
      "\"kind\": \"\(stage.kind)\"", "\"inputs\": { \(inputs.joined(separator: ", ")) }",
      """
      "params": { "addend": \(stage.parameters.addend), "factor": \(stage.parameters.factor), \
      "modulus": \(stage.parameters.modulus), "salt": \(stage.parameters.salt) }
      """,
    ]
    if let axis = stage.axis { members.append("\"map\": { \"\(axis.name)\": \(axis.values) }") }
    if stage.isMaterialised {
      let path = "out/\(stage.name)" + axes(of: index).map { "-{\($0.name)}" }.joined() + ".txt"
      members.append("\"outputs\": { \"value\": \"\(path)\" }")
    }
    return "\"\(stage.name)\": { \(members.joined(separator: ", ")) }"
  }

  private func text(of reference: Reference) -> String {
    switch reference {
    case .single(let source): stages[source].name
    case .collected(let source, let along):
      stages[source].name + (along.map { "@\($0)=*" } ?? "@*")
    }
  }
}
