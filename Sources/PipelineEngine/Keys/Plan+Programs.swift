import PipelineManifest
import StageInterface

extension Plan {
  /// The programs whose content is in the key of a branch, as the command names them: its first element
  /// (`sh` for a text) and the declared tools.
  ///
  /// A first element that names an input, or a place in the private folder, is left out: its content is
  /// in the key as that of the input.
  func programs(of branch: PlannedBranch, _ command: CommandSpecification) -> [String] {
    switch command.program {
    case .shell: return ["sh"] + command.tools
    case .arguments(let templates):
      let first = templates.first.flatMap { program($0, of: branch, command) }
      return (first.map { [$0] } ?? []) + command.tools
    }
  }

  private func program(
    _ template: CommandTemplate, of branch: PlannedBranch, _ command: CommandSpecification
  ) -> String? {
    if case .literal(let name)? = template.segments.first, template.segments.count == 1 {
      return isInFolder(name, of: command) ? nil : name
    }
    if template.soleInput != nil { return nil }
    guard let name = text(of: template, for: branch), !name.isEmpty,
      !isInFolder(name, of: command)
    else { return nil }
    // Without a slash it is a program on the PATH, whatever input has that path too.
    if name.utf8.contains(UInt8(ascii: "/")),
      branch.inputs.contains(where: { path(of: $0).map { holds($0, name) } ?? false })
    {
      return nil
    }
    return name
  }

  /// Whether a name means a file of the private folder, which holds nothing but inputs.
  private func isInFolder(_ name: String, of command: CommandSpecification) -> Bool {
    name.utf8.contains(UInt8(ascii: "/")) && name.utf8.first != UInt8(ascii: "/")
      && command.workdir == .privateFolder
  }

  private func holds(_ path: String, _ name: String) -> Bool {
    guard name.utf8.starts(with: path.utf8) else { return false }
    let rest = name.utf8.dropFirst(path.utf8.count)
    return rest.isEmpty
      || rest.first == UInt8(ascii: "/")
        && !rest.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
  }

  /// The text of an element for one branch; nil where it stands for many paths.
  private func text(of template: CommandTemplate, for branch: PlannedBranch) -> String? {
    var text = ""
    for segment in template.segments {
      guard let part = value(of: segment, for: branch) ?? path(of: segment, for: branch) else {
        return nil
      }
      text += part
    }
    return text
  }

  private func path(of segment: CommandTemplate.Segment, for branch: PlannedBranch) -> String? {
    guard case .input(let name) = segment else { return nil }
    return branch.inputs.first { $0.name == name }.flatMap(path)
  }

  /// The path that stands for an input in arguments; nil where there are many.
  private func path(of input: PlannedInput) -> String? {
    switch input.source {
    case .outputs(let source, let names): names.first.map { stagedPath(of: $0, from: source) }
    case .files(.file(let path), _), .files(.folder(let path), _): path
    case .files(.glob, _), .collected: nil
    }
  }

  /// What a part of an argument is for one branch; nil for the path of an input.
  func value(of segment: CommandTemplate.Segment, for branch: PlannedBranch) -> String? {
    switch segment {
    case .literal(let text): return text
    case .input: return nil
    case .output(let name):
      return branch.outputs.first { $0.name == name }?.path ?? name
    case .parameter(let path):
      return branch.parameters[path: path].map(BranchName.plain) ?? ""
    case .axis(let name):
      let index = stages[branch.stage].axes.firstIndex { $0.name == name }
      return index.map { BranchName.plain(branch.axisValues[$0]) } ?? ""
    }
  }
}
