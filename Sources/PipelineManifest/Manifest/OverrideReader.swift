import StageInterface

/// Puts what `--set` says into the drafts, before parameters are checked.
struct OverrideReader {
  var draft: ManifestDraft
  var log: ProblemLog

  mutating func apply(_ overrides: [Override]) {
    for (index, override) in overrides.enumerated() { apply(override.argument, index) }
  }

  private mutating func apply(_ argument: String, _ index: Int) {
    guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else {
      return log.add(
        at: .override(index), "no value is given", expected: "stage.parameter=value")
    }
    let target = String(argument[..<equals])
    let text = String(argument[argument.index(after: equals)...])
    guard let stage = stage(of: target) else { return unknownStage(target, index) }
    let name = draft.stages[stage].name
    guard target.utf8.count > name.utf8.count + 1 else {
      return log.add(
        at: .override(index), "no parameter of stage '\(name)' is named",
        expected: "\(name).parameter=value")
    }
    let dotted = String(target.dropFirst(name.count + 1))
    let path = dotted.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    set(path, dotted, text, of: stage, index)
  }

  private mutating func set(
    _ path: [String], _ dotted: String, _ text: String, of stage: Int, _ index: Int
  ) {
    let draft = draft.stages[stage]
    if draft.map.axes.contains(where: { $0.name == dotted }) {
      return log.add(
        at: .override(index), "the stage's own axis '\(dotted)' sets this parameter",
        expected: "a change of \"map\" in the file")
    }
    var value = Self.value(text)
    if let declaration = draft.declaration {
      guard let declared = DeclaredParameter.find(path, in: declaration.parameters) else {
        return unknownParameter(
          dotted, DeclaredParameter.allPaths(declaration.parameters), of: draft, index)
      }
      value = Self.asText(value, text, isText: declared.isText)
    } else if draft.isCommand {
      guard let present = ParameterValue.object(draft.parameters)[path: dotted] else {
        return unknownParameter(
          dotted, Self.paths(draft.parameters, prefix: ""), of: draft, index)
      }
      if case .string = present { value = Self.asText(value, text, isText: true) }
    }
    if case .object(let members) = ParameterValue.object(draft.parameters)
      .setting(value, along: path[...])
    {
      self.draft.stages[stage].parameters = members
      self.draft.stages[stage].overrides.append(AppliedOverride(path: path, index: index))
    }
  }

  /// JSON where it is JSON, else the text itself.
  private static func value(_ text: String) -> ParameterValue {
    let document = JSONReader.read(Array(text.utf8))
    return document.slips.isEmpty ? document.value(JSONDocument.root) : .string(text)
  }

  private static func asText(
    _ value: ParameterValue, _ text: String, isText: Bool
  ) -> ParameterValue {
    if case .string = value { return value }
    return isText ? .string(text) : value
  }

  // MARK: Names

  /// The stage with the longest name that `target` begins with.
  private func stage(of target: String) -> Int? {
    var best: (length: Int, index: Int)?
    for (index, stage) in draft.stages.enumerated() {
      let length = stage.name.utf8.count
      if target == stage.name || target.hasPrefix(stage.name + "."), length > best?.length ?? -1 {
        best = (length, index)
      }
    }
    return best?.index
  }

  private mutating func unknownStage(_ target: String, _ index: Int) {
    let name = target.split(separator: ".").first.map(String.init) ?? target
    log.add(
      at: .override(index), "there is no stage '\(JSONText.printable(name))'",
      expected: ProblemLog.oneOf(draft.stages.map(\.name)),
      suggestion: log.nearest(to: name, in: draft.stages.map(\.name)))
  }

  private mutating func unknownParameter(
    _ dotted: String, _ names: [String], of stage: StageDraft, _ index: Int
  ) {
    log.add(
      at: .override(index),
      "stage '\(stage.name)' has no parameter '\(JSONText.printable(dotted))'",
      expected: names.isEmpty ? "no parameter" : ProblemLog.oneOf(names),
      suggestion: log.nearest(to: dotted, in: names))
  }

  private static func paths(_ members: [String: ParameterValue], prefix: String) -> [String] {
    members.sorted { $0.key < $1.key }.flatMap { name, value -> [String] in
      guard case .object(let inner) = value else { return [prefix + name] }
      return [prefix + name] + paths(inner, prefix: prefix + name + ".")
    }
  }
}

extension DeclaredParameter {
  fileprivate var isText: Bool {
    switch type {
    case .string, .choice: true
    default: false
    }
  }
}
