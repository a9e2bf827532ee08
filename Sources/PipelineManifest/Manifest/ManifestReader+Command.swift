import StageInterface

extension ManifestReader {
  /// Reads one of the members that only commands have.
  mutating func readCommandMember(_ word: String, _ node: NodeID, into command: inout CommandDraft)
  {
    switch word {
    case "command": readProgram(node, into: &command)
    case "environment": command.environment = variables(node, "\"environment\"")
    case "passEnvironment": command.passEnvironment = variables(node, "\"passEnvironment\"")
    case "tools":
      command.tools = texts(node, "\"tools\"").map(\.text)
      if command.tools.contains("") { complain(node, "a tool has an empty name") }
    case "timeout": command.timeout = timeout(node)
    case "retries": command.retries = integer(node, "the number of retries", 0...1_000) ?? 0
    case "cores": command.cores = integer(node, "the number of cores", 1...65_536) ?? 1
    case "memory": command.memory = memory(node)
    case "workdir":
      let words = ["private", "project"]
      guard let text = text(node, "\"workdir\"") else { return }
      if let place = CommandSpecification.WorkFolder(rawValue: text) {
        command.workdir = place
      } else {
        complain(
          node, "there is no such work folder", expected: "\"private\" or \"project\"",
          suggestion: log.nearest(to: text, in: words))
      }
    default: break
    }
  }

  /// Checks what a command must have.
  mutating func finish(_ command: CommandDraft, outputs: NodeID?, of stage: StageDraft) {
    stage.command = command
    if !command.isStated {
      log.add(
        at: stage.offset, "stage '\(stage.name)' has no command",
        expected: "\"command\": \"text for sh\" or [\"program\", \"argument\", …]")
    }
    if stage.outputs.isEmpty, outputs.map({ document.members($0).contains { _ in true } }) != true {
      log.add(
        at: outputs.map(document.offset) ?? stage.offset,
        "stage '\(stage.name)' has no output, so nothing of it could be kept",
        expected: "\"outputs\": { \"name\": \"path\" }")
    }
  }

  private mutating func readProgram(_ node: NodeID, into command: inout CommandDraft) {
    command.isStated = true
    switch document.kind(node) {
    case .string:
      guard let text = text(node, "the command", isEmptyAllowed: false) else { return }
      command.program = .shell(.init(text: text, offset: document.offset(node)))
    case .array:
      let arguments = texts(node, "the command").map {
        CommandDraft.Argument(text: $0.text, offset: document.offset($0.node))
      }
      if document.elements(node).contains(where: { _ in true }) == false {
        complain(node, "the command is empty", expected: "[\"program\", \"argument\", …]")
      } else if let first = arguments.first, first.text.isEmpty {
        log.add(at: first.offset, "the program has an empty name", expected: "a program")
      }
      command.program = .arguments(arguments)
    default:
      complain(
        node, "the command is neither text nor a list",
        expected: "\"text for sh\" or [\"program\", \"argument\", …]")
    }
  }

  private mutating func variables(_ node: NodeID, _ what: String) -> [String] {
    var names: [String] = []
    for (text, element) in texts(node, what) {
      if !NameRule.allowsVariable(text) {
        complain(
          element, "this is no name of an environment variable",
          expected:
            "a letter or '_', then letters, digits, '_'; values are taken from the environment")
      } else if text.hasPrefix("PIPE_") {
        complain(element, "names that begin with PIPE_ are set by pipe itself")
      } else if names.contains(text) {
        complain(element, "'\(text)' stands twice in \(what)")
      } else {
        names.append(text)
      }
    }
    return names
  }

  private mutating func timeout(_ node: NodeID) -> Double? {
    let expected = "a time like \"90s\", \"10m\", \"1h30m\", or a number of seconds above 0"
    var seconds: Double?
    switch document.value(node) {
    case .integer(let number): seconds = Double(number)
    case .number(let number): seconds = number
    case .string(let text): seconds = Quantity.seconds(text)
    default: break
    }
    // Ten years: far from where sums of times lose seconds.
    if let seconds, seconds > 0, seconds < 3.2e8 { return seconds }
    complain(node, "this is no time limit", expected: expected)
    return nil
  }

  private mutating func memory(_ node: NodeID) -> Int? {
    switch document.value(node) {
    case .integer(let number) where number > 0: return Int(number)
    case .string(let text): if let bytes = Quantity.bytes(text) { return bytes }
    default: break
    }
    complain(
      node, "this is no amount of memory",
      expected: "a size like \"512MB\", \"2GB\", \"4GiB\", or a number of bytes above 0")
    return nil
  }
}
