import StageInterface

extension Planner {
  /// Reads the placeholders of paths and arguments and looks their names up.
  mutating func readTemplates(of stage: Int) {
    let source = draft.stages[stage]
    for (position, input) in source.inputs.enumerated() {
      guard case .files = work[stage].inputs[position] else { continue }
      if let template = path(input.text, at: input.offset, of: stage) {
        work[stage].inputs[position] = .files(template)
      } else {
        work[stage].inputs[position] = .broken
      }
    }
    work[stage].outputs = source.outputs.map { output in
      output.text.flatMap { path($0, at: output.offset, of: stage) }
    }
    readProgram(of: stage)
    if source.isCommand { checkVariables(of: source, stage) }
  }

  private mutating func path(_ text: String, at offset: Int, of stage: Int) -> PathTemplate? {
    guard let template = parse(text, at: offset) else { return nil }
    var isGood = true
    var pieces: [PathTemplate.Piece] = []
    for segment in template.segments {
      switch segment {
      case .literal(let text): pieces.append(.literal(text))
      case .axis(let name):
        guard look(up: segment, at: offset, of: stage, isPath: true) else {
          isGood = false
          continue
        }
        pieces.append(.axis(column(name, of: stage) ?? 0))
      case .parameter(let path):
        isGood = look(up: segment, at: offset, of: stage, isPath: true) && isGood
        pieces.append(.parameter(path))
      case .input, .output:
        _ = look(up: segment, at: offset, of: stage, isPath: true)
        isGood = false
      }
    }
    return isGood ? PathTemplate(pieces: pieces) : nil
  }

  private func column(_ axis: String, of stage: Int) -> Int? {
    work[stage].relation?.axes.firstIndex { $0.name == axis }
  }

  private mutating func parse(_ text: String, at offset: Int) -> CommandTemplate? {
    do {
      return try TemplateParser.parse(text)
    } catch {
      log.add(at: offset, error.message, found: error.found)
      return nil
    }
  }

  // MARK: Commands

  private mutating func readProgram(of stage: Int) {
    switch draft.stages[stage].command?.program {
    case .shell(let argument):
      work[stage].program = .shell(argument.text)
      checkShell(argument, of: stage)
    case .arguments(let arguments):
      work[stage].program = .arguments(
        arguments.compactMap { argument in
          guard let template = parse(argument.text, at: argument.offset) else { return nil }
          for segment in template.segments {
            _ = look(up: segment, at: argument.offset, of: stage, isPath: false)
          }
          checkCollected(template, at: argument.offset, of: stage)
          return template
        })
    case nil: break
    }
  }

  /// Shell text has no placeholders; one that names something of the stage is surely meant as one.
  private mutating func checkShell(_ argument: CommandDraft.Argument, of stage: Int) {
    let source = draft.stages[stage]
    let names =
      source.inputs.map { ("inputs." + $0.name, "INPUT_", $0.name) }
      + source.outputs.map { ("outputs." + $0.name, "OUTPUT_", $0.name) }
      + source.parameters.keys.sorted().map { ("params." + $0, "PARAM_", $0) }
    guard argument.text.contains("{") else { return }
    for (name, prefix, word) in names where argument.text.contains("{\(name)}") {
      log.add(
        at: argument.offset, "nothing is pasted into a shell text", found: "{\(name)}",
        expected:
          "\"$PIPE_\(prefix)\(CommandSpecification.variable(for: word))\" in the text, or the command as a list"
      )
    }
  }

  /// An input that may be many files expands to many arguments, so it cannot be a part of one.
  private mutating func checkCollected(
    _ template: CommandTemplate, at offset: Int, of stage: Int
  ) {
    guard template.segments.count > 1 else { return }
    for segment in template.segments {
      guard case .input(let name) = segment,
        let position = draft.stages[stage].inputs.firstIndex(where: { $0.name == name }),
        let sort = manyFiles(work[stage].inputs[position])
      else { continue }
      log.add(
        at: offset, "\(sort) stands for many arguments, so it is an argument of its own",
        found: JSONText.printable(template.source), expected: "\"{inputs.\(name)}\"")
    }
  }

  /// What an input that may be many files is called; nil for one that is a single path.
  private func manyFiles(_ input: StageWork.Input) -> String? {
    switch input {
    case .reference(_, _, let selection?) where selection.mayCollect: "a collected input"
    case .files(let template) where template.isPattern: "an input that is a pattern"
    default: nil
    }
  }

  /// Names of one stage must stay different as environment variables.
  private mutating func checkVariables(of source: StageDraft, _ stage: Int) {
    func check(_ names: [(name: String, offset: Int)], _ prefix: String) {
      // Names that are variables already differ as such when they differ at all.
      guard names.count > 1, names.contains(where: { !NameRule.allowsVariable($0.name) }) else {
        return
      }
      var seen: [String: String] = [:]
      for (name, offset) in names {
        let variable = CommandSpecification.variable(for: name)
        guard let other = seen.updateValue(name, forKey: variable), other != name else { continue }
        log.add(
          at: offset, "'\(other)' and '\(name)' would be the same variable",
          found: "PIPE_\(prefix)_\(variable) for both", expected: "another name")
      }
    }
    check(source.inputs.map { ($0.name, $0.nameOffset) }, "INPUT")
    check(source.outputs.map { ($0.name, $0.nameOffset) }, "OUTPUT")
    let offset = source.parametersNode.map(document.offset) ?? source.offset
    check(ParameterValue.object(source.parameters).leaves.map { ($0.path, offset) }, "PARAM")
    let axes = work[stage].relation?.axes ?? []
    check(
      axes.map { axis in
        (axis.name, source.map.axes.first { $0.name == axis.name }?.offset ?? source.offset)
      }, "AXIS")
  }

  // MARK: Names

  /// Whether a placeholder names something; complains when not.
  private mutating func look(
    up segment: CommandTemplate.Segment, at offset: Int, of stage: Int, isPath: Bool
  ) -> Bool {
    let source = draft.stages[stage]
    switch segment {
    case .literal: return true
    case .input(let name):
      if !isPath, source.inputs.contains(where: { $0.name == name }) { return true }
      return unknown("inputs." + name, at: offset, of: stage, isPath)
    case .output(let name):
      if !isPath, source.outputs.contains(where: { $0.name == name }) { return true }
      return unknown("outputs." + name, at: offset, of: stage, isPath)
    case .parameter(let path):
      let value = work[stage].templates.first?.parameters(named: path)
      // Without templates the parameters are broken, and that has been told.
      if work[stage].templates.isEmpty { return false }
      guard let value else { return unknown("params." + path, at: offset, of: stage, isPath) }
      return isPath ? isWritable(value, path, at: offset) : true
    case .axis(let name):
      guard let axes = work[stage].relation?.axes else { return false }
      if axes.contains(where: { $0.name == name }) { return true }
      return unknown(name, at: offset, of: stage, isPath)
    }
  }

  private mutating func isWritable(_ value: ParameterValue, _ path: String, at offset: Int) -> Bool
  {
    switch value {
    case .list, .object, .null:
      log.add(
        at: offset, "parameter '\(path)' is no single value, so it cannot be in a path",
        found: JSONText.printable(value.description), expected: "a number, text, true or false")
      return false
    case .boolean, .integer, .number, .string: return true
    }
  }

  private mutating func unknown(
    _ name: String, at offset: Int, of stage: Int, _ isPath: Bool
  ) -> Bool {
    let source = draft.stages[stage]
    var names = work[stage].relation?.axes.map(\.name) ?? []
    names += source.parameters.keys.sorted().map { "params." + $0 }
    if let declaration = source.declaration {
      names += DeclaredParameter.allPaths(declaration.parameters).map { "params." + $0 }
    }
    if !isPath {
      names +=
        source.inputs.map { "inputs." + $0.name } + source.outputs.map { "outputs." + $0.name }
    }
    var unique: Set<String> = []
    names = names.filter { unique.insert($0).inserted }
    log.add(
      at: offset, "the placeholder '{\(JSONText.printable(name))}' names nothing",
      found: "{\(JSONText.printable(name))}",
      expected: (names.isEmpty
        ? "no placeholder" : "one of " + names.map { "{\($0)}" }.joined(separator: ", "))
        + "; a brace itself is written '{{'",
      suggestion: log.nearest(to: name, in: names))
    return false
  }
}

extension ParameterTemplate {
  /// A parameter of the first branch, or of all when no axis sets it.
  fileprivate func parameters(named path: String) -> ParameterValue? { base[path: path] }
}
