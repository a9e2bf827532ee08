import StageInterface

extension Planner {
  /// Finds out for each input whether it names a stage or files.
  mutating func resolveReferences() {
    var index: [String: Int] = [:]
    for (position, stage) in draft.stages.enumerated() { index[stage.name] = position }
    for stage in draft.stages.indices {
      for (position, input) in draft.stages[stage].inputs.enumerated() {
        let resolved = resolve(input, of: stage, index)
        work[stage].inputs.append(resolved)
        if case .reference(let source, _, let selection) = resolved {
          work[stage].edges.append(
            .init(stage: source, input: position, isCollected: selection?.mayCollect ?? false))
        }
      }
    }
  }

  private mutating func resolve(
    _ input: InputDraft, of stage: Int, _ index: [String: Int]
  ) -> StageWork.Input {
    let text = input.text
    let head = text[..<(text.utf8.firstIndex(of: UInt8(ascii: "@")) ?? text.endIndex)]
    let isPathLike = head.utf8.contains { byte in
      switch byte {
      case UInt8(ascii: "/"), UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["),
        UInt8(ascii: "{"):
        true
      default: false
      }
    }
    if isPathLike { return files(input, of: stage) }
    let name = String(head)
    guard
      let (source, output) = split(
        name, index, reader: stage, isSelected: head.endIndex < text.endIndex)
    else {
      return notAStage(input, name, of: stage, index)
    }
    var selection: Selection?
    if head.endIndex < text.endIndex {
      do {
        selection = try Selection(text[text.index(after: head.endIndex)...])
      } catch {
        refuse(error, at: input.offset)
        return .broken
      }
    }
    // Even without the artifacts the axes are known, and so are cycles.
    let artifacts = artifacts(input, of: stage, from: source, output: output) ?? []
    return .reference(stage: source, outputs: artifacts, selection: selection)
  }

  /// The stage and perhaps output that a word names; nil when it names none.
  ///
  /// `count.py` is the output `py` of a stage `count` if there is one; else it may be a file.
  private mutating func split(
    _ name: String, _ index: [String: Int], reader: Int, isSelected: Bool
  ) -> (stage: Int, output: String?)? {
    if let stage = index[name] { return (stage, nil) }
    var dots = name.indices.filter { name[$0] == "." }
    while let dot = dots.popLast() {
      guard let stage = index[String(name[..<dot])] else { continue }
      let output = String(name[name.index(after: dot)...])
      if isSelected || outputNames(of: stage).contains(output) { return (stage, output) }
      let isFile = stage == reader || files.exists(name) || literalOutputs.contains(name)
      if !isFile { return (stage, output) }
    }
    return nil
  }

  private mutating func notAStage(
    _ input: InputDraft, _ name: String, of stage: Int, _ index: [String: Int]
  ) -> StageWork.Input {
    let isWord = NameRule.allows(name)
    let isReference = input.text.contains("@")
    if !isReference {
      let isFile =
        !isWord || name.contains(".") || files.exists(name) || literalOutputs.contains(name)
      if isFile { return files(input, of: stage) }
    }
    log.add(
      at: input.offset, "there is no stage '\(JSONText.printable(name))'",
      found: JSONText.printable(input.text),
      expected: draft.stages[stage].declaration == nil
        ? "a stage, or './\(JSONText.printable(input.text))' for a file" : "a stage",
      suggestion: log.nearest(to: name, in: draft.stages.lazy.map(\.name)))
    return .broken
  }

  private mutating func files(_ input: InputDraft, of stage: Int) -> StageWork.Input {
    if let declaration = draft.stages[stage].declaration {
      log.add(
        at: input.offset, "kind '\(declaration.kind)' reads other stages, not files",
        found: JSONText.printable(input.text), expected: "a stage",
        suggestion: log.nearest(to: input.text, in: draft.stages.lazy.map(\.name)))
      return .broken
    }
    return .files(PathTemplate())
  }

  // MARK: Artifacts

  /// The names that outputs of a stage have.
  func outputNames(of stage: Int) -> [String] {
    draft.stages[stage].declaration?.outputs.map(\.name) ?? draft.stages[stage].outputs.map(\.name)
  }

  /// The artifacts that an input takes; nil after a complaint.
  private mutating func artifacts(
    _ input: InputDraft, of stage: Int, from source: Int, output: String?
  ) -> [String]? {
    if case .unknown = draft.stages[source].kind { return nil }
    if case .unknown = draft.stages[stage].kind { return nil }
    let names = outputNames(of: source)
    if let output, !names.contains(output) {
      log.add(
        at: input.offset,
        "stage '\(draft.stages[source].name)' has no output '\(JSONText.printable(output))'",
        found: JSONText.printable(input.text),
        expected: ProblemLog.oneOf(names),
        suggestion: log.nearest(to: output, in: names))
      return nil
    }
    if let declaration = draft.stages[stage].declaration {
      guard let wanted = declaration.inputs.first(where: { $0.name == input.name }) else {
        return nil
      }
      return consumed(wanted, input, from: source, output: output, names)
    }
    if let output { return [output] }
    guard names.count == 1 else {
      if names.isEmpty { return nil }
      log.add(
        at: input.offset,
        "stage '\(draft.stages[source].name)' has several outputs, and a command reads one",
        found: JSONText.printable(input.text),
        expected: "one of "
          + names.map { "\(draft.stages[source].name).\($0)" }.joined(separator: ", ")
      )
      return nil
    }
    return names
  }

  /// The artifacts that a built-in kind consumes.
  private mutating func consumed(
    _ wanted: InputDeclaration, _ input: InputDraft, from source: Int, output: String?,
    _ names: [String]
  ) -> [String]? {
    if let output {
      if wanted.artifacts.count == 1 { return [output] }
      log.add(
        at: input.offset, "input '\(wanted.name)' reads several outputs of a stage, not one",
        found: JSONText.printable(input.text), expected: "\"\(draft.stages[source].name)\"")
      return nil
    }
    let missing = wanted.artifacts.filter { !names.contains($0) }
    if missing.isEmpty { return wanted.artifacts }
    log.add(
      at: input.offset,
      "stage '\(draft.stages[source].name)' has no output \(missing.map { "'\($0)'" }.joined(separator: ", ")), which input '\(wanted.name)' reads",
      found: names.isEmpty ? "no outputs" : "outputs " + names.joined(separator: ", "),
      expected: "a stage with outputs " + wanted.artifacts.joined(separator: ", "))
    return nil
  }

  mutating func refuse(_ refusal: Selection.Refusal, at offset: Int) {
    log.add(
      at: offset, refusal.message, found: refusal.found, expected: refusal.expected,
      suggestion: refusal.name.flatMap { log.nearest(to: $0, in: refusal.candidates) })
  }
}

extension Selection {
  /// Whether something is collected, whatever the axes.
  var mayCollect: Bool {
    selectors.contains { selector in
      switch selector {
      case .all, .every: true
      case .only, .one: false
      }
    }
  }
}
