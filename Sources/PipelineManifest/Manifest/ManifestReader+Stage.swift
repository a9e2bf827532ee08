import StageInterface

extension ManifestReader {
  static let stageKeys = ["kind", "description", "inputs", "map", "params", "outputs"]
  static let commandKeys = [
    "command", "environment", "passEnvironment", "tools", "timeout", "retries", "cores", "memory",
    "workdir",
  ]

  mutating func readStage(_ name: String, _ key: NodeID, _ node: NodeID) {
    let stage = StageDraft(name: name, offset: document.offset(key))
    draft.stages.append(stage)
    guard let children = object(node, "a stage") else {
      stage.map.isBroken = true
      return
    }
    let members = children.map {
      Member(name: document.string($0.key), key: $0.key, value: $0.value)
    }
    readKind(members, into: stage)
    let isKnown = stage.declaration != nil
    check(
      members, against: isKnown ? Self.stageKeys : Self.stageKeys + Self.commandKeys,
      of: "the stage"
    ) { key in
      guard isKnown, Self.commandKeys.contains(key) else { return nil }
      return "'\(key)' is for stages of kind 'command'"
    }
    var command = CommandDraft()
    var outputs: NodeID?
    for (word, value) in members.lazy.map({ ($0.name, $0.value) }) {
      switch word {
      case "kind": break
      case "description": stage.description = text(value, "the description")
      case "inputs": readInputs(value, into: stage)
      case "map": readMap(value, into: &stage.map)
      case "params": readParameters(value, into: stage)
      case "outputs":
        outputs = value
        readOutputs(value, into: stage)
      default: if !isKnown { readCommandMember(word, value, into: &command) }
      }
    }
    if stage.isCommand { finish(command, outputs: outputs, of: stage) }
    if let declaration = stage.declaration { checkInputs(of: stage, against: declaration) }
  }

  private mutating func readKind(
    _ members: [Member], into stage: StageDraft
  ) {
    let hasCommand = members.contains { $0.name == "command" }
    guard let found = members.last(where: { $0.name == "kind" })?.value else {
      return log.add(
        at: stage.offset, "stage '\(stage.name)' has no kind",
        expected: hasCommand
          ? "\"kind\": \"command\"" : "\"kind\": one of " + kinds.words.joined(separator: ", "))
    }
    guard let word = text(found, "the kind") else { return }
    stage.kindWord = word
    if word == StageKinds.command {
      stage.kind = .command
    } else if let kind = kinds[word: word] {
      stage.kind = .builtIn(kind)
    } else {
      complain(
        found, "there is no stage kind '\(JSONText.printable(word))'",
        expected: ProblemLog.oneOf(kinds.words),
        suggestion: log.nearest(to: word, in: kinds.words))
    }
  }

  // MARK: Inputs

  private mutating func readInputs(_ node: NodeID, into stage: StageDraft) {
    guard let members = object(node, "\"inputs\"") else {
      stage.unreadableInputs = stage.declaration?.inputs.map(\.name) ?? [""]
      return
    }
    for (key, value) in members {
      let name = document.string(key)
      checkName(name, key, "input")
      guard let text = text(value, "an input", isEmptyAllowed: false) else {
        stage.unreadableInputs.append(name)
        continue
      }
      stage.inputs.append(
        InputDraft(
          name: name, nameOffset: document.offset(key), text: text, offset: document.offset(value)))
    }
  }

  private mutating func checkInputs(of stage: StageDraft, against declaration: StageDeclaration) {
    let names = declaration.inputs.map(\.name)
    for input in stage.inputs where !names.contains(input.name) {
      log.add(
        at: input.nameOffset,
        "kind '\(declaration.kind)' has no input '\(JSONText.printable(input.name))'",
        found: JSONText.printable(input.name),
        expected: names.isEmpty ? "no inputs" : ProblemLog.oneOf(names),
        suggestion: log.nearest(to: input.name, in: names))
    }
    let present = stage.inputs.map(\.name) + stage.unreadableInputs
    for wanted in declaration.inputs where !present.contains(wanted.name) {
      log.add(
        at: stage.offset, "stage '\(stage.name)' lacks the input '\(wanted.name)'",
        expected:
          "\"\(wanted.name)\": \"a stage\(wanted.isCollected ? "@*" : "")\" (\(wanted.summary))"
      )
    }
  }

  // MARK: Parameters

  private mutating func readParameters(_ node: NodeID, into stage: StageDraft) {
    guard let members = object(node, "\"params\"") else {
      stage.areParametersUnreadable = true
      return
    }
    stage.parametersNode = node
    for (key, value) in members {
      let name = document.string(key)
      if !stage.kindWord.isEmpty, stage.declaration == nil, !NameRule.allowsParameter(name) {
        log.add(
          at: document.offset(key), "this is no name for a parameter",
          found: document.excerpt(key), expected: "a letter or '_', then letters, digits, '_', '-'")
      }
      if holdsInvalid(value) {
        stage.areParametersUnreadable = true
        continue
      }
      stage.parameters[name] = document.value(value)
    }
  }

  private func holdsInvalid(_ node: NodeID) -> Bool {
    if document.slips.isEmpty { return false }
    return document.nodes[node..<Int(document.nodes[node].next)].contains { $0.kind == .invalid }
  }

  // MARK: Outputs

  private mutating func readOutputs(_ node: NodeID, into stage: StageDraft) {
    guard let members = object(node, "\"outputs\"") else { return }
    for (key, value) in members {
      let name = document.string(key)
      checkName(name, key, "output")
      guard let text = text(value, "the path of an output", isEmptyAllowed: false) else { continue }
      let form: PlannedOutput.Form = text.utf8.last == UInt8(ascii: "/") ? .folder : .file
      if let declaration = stage.declaration {
        checkOutput(name, key, value, form, against: declaration)
      }
      stage.outputs.append(
        OutputDraft(
          name: name, nameOffset: document.offset(key), text: text, offset: document.offset(value),
          form: form))
    }
  }

  private mutating func checkOutput(
    _ name: String, _ key: NodeID, _ value: NodeID, _ form: PlannedOutput.Form,
    against declaration: StageDeclaration
  ) {
    guard let declared = declaration.outputs.first(where: { $0.name == name }) else {
      let names = declaration.outputs.map(\.name)
      return log.add(
        at: document.offset(key),
        "kind '\(declaration.kind)' has no output '\(JSONText.printable(name))'",
        found: JSONText.printable(name), expected: ProblemLog.oneOf(names),
        suggestion: log.nearest(to: name, in: names))
    }
    if declared.form == .folder, form == .file {
      complain(
        value, "output '\(name)' is a folder, so its path ends in '/'",
        expected: "a path like \"reports/\"")
    } else if declared.form != .folder, form == .folder {
      complain(value, "output '\(name)' is one file, so its path does not end in '/'")
    }
  }
}
