import ArtifactCache
import PipelineManifest
import StageInterface
import Workspaces

/// Builds the pre-image of a branch's key from its plan and the content of its inputs.
///
/// What enters is listed in `docs/keys.md`; time-outs, retries, cores and everything about where and
/// when a branch runs stay out. Inputs, outputs and parameters enter by name, so that the order of
/// members in `pipeline.json` means nothing.
struct KeyBuilder: Sendable {
  let plan: Plan
  let programs: Programs

  /// The pre-image of `branch`.
  ///
  /// - Parameters:
  ///   - branch: The planned branch.
  ///   - inputs: Its inputs, in any order.
  ///   - programs: What it runs.
  /// - Returns: The fields of the key.
  func preimage(
    of branch: PlannedBranch, inputs: [ResolvedInput], programs: [Programs.Program]
  ) -> KeyPreimage {
    let stage = plan.stages[branch.stage]
    var preimage = KeyPreimage()
    preimage.add(.kind, "", stage.kind)
    if let command = stage.command {
      add(command, programs, of: branch, in: stage, to: &preimage)
    } else {
      preimage.add(.code, stage.kind, stage.codeVersion)
    }
    addParameters(of: branch, to: &preimage)
    for input in inputs.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      add(input, of: branch, asStaged: stage.command != nil, to: &preimage)
    }
    return preimage
  }

  /// The programs that `branch` runs, as this run sees them.
  ///
  /// Throws a ``BranchFailure`` when one cannot be found.
  func programs(of branch: PlannedBranch) throws(BranchFailure) -> [Programs.Program] {
    guard let command = plan.stages[branch.stage].command else { return [] }
    return try programs.digests(of: plan.programs(of: branch, command))
  }

  /// Template, axes, outputs, environment, programs and platform of a command.
  private func add(
    _ command: CommandSpecification, _ programs: [Programs.Program], of branch: PlannedBranch,
    in stage: PlannedStage, to preimage: inout KeyPreimage
  ) {
    switch command.program {
    case .shell(let text): preimage.add(.command, "shell", text)
    case .arguments(let templates):
      for (index, template) in templates.enumerated() {
        preimage.add(.command, String(index), template.source)
      }
    }
    preimage.add(.command, "workdir", command.workdir.rawValue)
    for (axis, value) in zip(stage.axes, branch.axisValues) {
      preimage.add(.axis, axis.name, value.description)
    }
    let outputs = branch.outputs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for output in outputs {
      preimage.add(.output, output.name, "\(output.form.rawValue) \(output.path ?? "")")
    }
    for name in command.environment.sorted() {
      if let value = self.programs.environment[name] {
        preimage.add(.environment, name, Digest.of(Array(value.utf8)).description)
      } else {
        preimage.add(.absent, name, "")
      }
    }
    for program in programs {
      preimage.add(.tool, program.name, program.digest.description)
    }
    preimage.add(.platform, "", Programs.platform)
  }

  private func addParameters(of branch: PlannedBranch, to preimage: inout KeyPreimage) {
    guard case .object(let parameters) = branch.keyParameters else { return }
    let sorted = parameters.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (name, value) in sorted {
      preimage.add(.parameter, name, value.description)
    }
  }

  /// Content by name; for a command also the paths at which it finds that content.
  private func add(
    _ input: ResolvedInput, of branch: PlannedBranch, asStaged isStaged: Bool,
    to preimage: inout KeyPreimage
  ) {
    switch input.content {
    case .artifacts(let content):
      for output in content.outputs {
        if isStaged {
          let path = plan.stagedPath(of: output.name, from: content.branch)
          preimage.add(.file, "\(input.name) \(path)", output.contentText)
        } else {
          preimage.add(.input, "\(input.name).\(output.name)", output.contentText)
        }
      }
    case .collected(let collection):
      let digest = isStaged ? collection.stagedDigest : collection.digest
      preimage.add(.input, input.name, digest.description)
    case .files(let files):
      for file in files {
        preimage.add(.file, "\(input.name) \(file.path)", file.contentText)
      }
      // A command is told the pattern's own path, so that counts beside the files.
      let pattern = branch.inputs.first { $0.name == input.name }?.pattern
      preimage.add(.input, input.name, "\(files.count) files \(pattern?.text ?? "")")
    }
  }
}

extension PlannedInput {
  fileprivate var pattern: FilePattern? {
    if case .files(let pattern, _) = source { pattern } else { nil }
  }
}

extension StoredOutput {
  /// Form and digest: an executable file is another content than the same bytes without the bit.
  var contentText: String {
    switch form {
    case .file(let isExecutable): "\(isExecutable ? "executable" : "file") \(object.digest)"
    case .folder: "folder \(object.digest)"
    }
  }
}

extension ResolvedFile {
  fileprivate var contentText: String {
    switch content {
    case .source(let file): "\(file.isExecutable ? "executable" : "file") \(file.digest)"
    case .stored(let output): output.contentText
    }
  }
}
