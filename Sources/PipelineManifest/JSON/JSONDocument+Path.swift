extension JSONDocument {
  /// Members on the way to the innermost value or key that holds a byte: `stages.train.command[2]`.
  ///
  /// A byte between members belongs to the object around them.
  func path(at offset: Int) -> String {
    var path = ""
    var node = Self.root
    while let step = step(from: node, to: offset) {
      path = step.path(path)
      node = step.node
    }
    return path
  }

  private struct Step {
    let node: NodeID
    let path: (String) -> String
  }

  private func step(from node: NodeID, to offset: Int) -> Step? {
    switch kind(node) {
    case .object:
      for (key, value) in members(node) where holds(key, value, offset) {
        let name = JSONText.printable(string(key))
        return Step(node: value) { $0.isEmpty ? name : $0 + "." + name }
      }
    case .array:
      for (index, element) in elements(node).enumerated()
      where holds(element.value, element.value, offset) {
        return Step(node: element.value) { $0 + "[\(index)]" }
      }
    default: break
    }
    return nil
  }

  private func holds(_ first: NodeID, _ last: NodeID, _ offset: Int) -> Bool {
    Int(nodes[first].start) <= offset
      && offset < max(Int(nodes[last].end), Int(nodes[first].start) + 1)
  }
}
