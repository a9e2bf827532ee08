import ArtifactCache
import PipelineManifest
import StageInterface
import Workspaces

/// Turns a planned command with resolved inputs into a request with nothing left to look up.
struct CommandRequestBuilder {
  let plan: Plan
  let work: BranchWork
  let environment: [String: String]

  func request(_ command: CommandSpecification) throws -> CommandRequest {
    let inputs = try work.inputs.map(commandInput)
    var request = CommandRequest(
      branch: work.name, stage: work.stage.name, program: try program(of: command, inputs))
    request.inputs = inputs
    request.outputs = try work.branch.outputs.map { output in
      Workspaces.DeclaredOutput(
        name: output.name, path: try ProjectPath(output.path ?? output.name),
        form: output.form == .folder ? .folder : .file)
    }
    request.folders = try folders()
    let parameters = work.branch.parameters
    request.parameters = parameters.leaves.map { CommandValue($0.path, $0.value) }
    request.parameterDocument = parameters.description
    request.axes = zip(work.stage.axes, work.branch.axisValues).map { CommandValue($0.name, $1) }
    for name in command.environment + command.passEnvironment {
      request.environment[name] = environment[name]
    }
    request.timeout = command.timeout
    request.workingFolder = command.workdir == .project ? .project : .privateFolder
    return request
  }

  /// Folders among the inputs, which are there even when they are empty.
  private func folders() throws -> [ProjectPath] {
    try work.branch.inputs.compactMap { input in
      guard case .files(.folder(let path), _) = input.source, !path.hasPrefix("/") else {
        return nil
      }
      return try ProjectPath(path)
    }
  }

  // MARK: Inputs

  private func commandInput(_ input: ResolvedInput) throws -> CommandInput {
    switch input.content {
    case .artifacts(let content): try single(content, of: input.name)
    case .collected(let collection): try table(collection, of: input.name)
    case .files(let files): try self.files(files, of: input.name)
    }
  }

  private func single(_ content: BranchOutputs, of input: String) throws -> CommandInput {
    let files = try staged(content)
    let path = files.first?.path.text ?? ""
    return CommandInput(name: input, value: .path(path), files: files)
  }

  private func table(_ collection: ResolvedCollection, of input: String) throws -> CommandInput {
    var rows: [CommandInput.Row] = []
    var files: [StagedFile] = []
    for element in collection.elements {
      let values = zip(collection.axes, element.axisValues).map { CommandValue($0, $1) }
      for file in try staged(element.content) {
        rows.append(CommandInput.Row(values: values, path: file.path.text))
        files.append(file)
      }
    }
    return CommandInput(name: input, value: .table(axes: collection.axes, rows: rows), files: files)
  }

  private func staged(_ content: BranchOutputs) throws -> [StagedFile] {
    try content.outputs.map { output in
      let path = plan.stagedPath(of: output.name, from: content.branch)
      return StagedFile(path: try ProjectPath(path), content: .stored(output))
    }
  }

  /// Files of the project: one path, the folder that was named, or a table for a glob.
  private func files(_ files: [ResolvedFile], of input: String) throws -> CommandInput {
    var staged: [StagedFile] = []
    var outside: [SourceFile] = []
    for file in files {
      switch file.content {
      case .stored(let output):
        staged.append(StagedFile(path: try ProjectPath(file.path), content: .stored(output)))
      case .source(let source):
        if let inside = StagedFile(source) { staged.append(inside) } else { outside.append(source) }
      }
    }
    return CommandInput(
      name: input, value: value(of: input, files), files: staged, outside: outside)
  }

  private func value(of input: String, _ files: [ResolvedFile]) -> CommandInput.Value {
    let planned = work.branch.inputs.first { $0.name == input }
    guard case .files(let pattern, _)? = planned?.source else { return .path("") }
    switch pattern {
    case .file(let path), .folder(let path): return .path(path)
    case .glob:
      return .table(
        axes: [], rows: files.map { CommandInput.Row(values: [], path: $0.path) })
    }
  }

  // MARK: Arguments

  private func program(
    of command: CommandSpecification, _ inputs: [CommandInput]
  ) throws -> CommandRequest.Program {
    switch command.program {
    case .shell(let text): return .shell(text)
    case .arguments(let templates):
      var words = try templates.flatMap { try arguments($0, inputs) }
      // An input is the program itself, not one on the PATH that is called like it.
      if templates.first?.soleInput != nil, let name = words.first,
        !name.utf8.contains(UInt8(ascii: "/"))
      {
        words[0] = "./" + name
      }
      return .arguments(words)
    }
  }

  /// One argument, or all paths of a collected input that stands alone.
  private func arguments(
    _ template: CommandTemplate, _ inputs: [CommandInput]
  ) throws -> [String] {
    if let name = template.soleInput,
      case .table(_, let rows)? = inputs.first(where: { $0.name == name })?.value
    {
      return rows.map(\.path)
    }
    return [try template.segments.map { try text(of: $0, inputs) }.joined()]
  }

  private func text(
    of segment: CommandTemplate.Segment, _ inputs: [CommandInput]
  ) throws -> String {
    if let value = plan.value(of: segment, for: work.branch) { return value }
    guard case .input(let name) = segment else { return "" }
    guard case .path(let path)? = inputs.first(where: { $0.name == name })?.value else {
      throw BranchFailure(
        cause: "{inputs.\(name)} names many files inside one argument",
        hint: "make it an argument of its own; it then stands for all of them")
    }
    return path
  }
}

extension CommandValue {
  fileprivate init(_ name: String, _ value: ParameterValue) {
    self.init(name: name, text: BranchName.plain(value), json: value.description)
  }
}
