import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest

/// `pipe export`: artifacts out of the cache, as files in standard formats.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write artifacts out of the cache into a folder.",
    discussion: """
      'pipe export train.weights --to weights' writes weights/train@model=0/weights.safetensors \
      and so on; without an output's name, all outputs are written.
      """)

  @Argument(
    help: ArgumentHelp("What to write.", valueName: "branch[.output]"),
    completion: .custom(Completions.targets))
  var names: [String]

  @Option(help: "The folder to write to; made if it is missing.", completion: .directory)
  var to: String

  @Flag(name: .shortAndLong, help: "Replace files that are in the way.")
  var force = false

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let opened = try project.open(isReadOnly: true)
    let wanted = try names.map { try ArtifactName($0, in: opened.plan) }
    let results = try CurrentResults(of: opened, branches: wanted.flatMap(\.branches))
    let export = ArtifactExport(project: opened, folder: to, replaces: force)
    var count = 0
    for name in wanted {
      for branch in name.branches {
        let record = try results.record(of: branch)
        for output in record.outputs where name.output == nil || output.name == name.output {
          try export.write(output, of: branch)
          count += 1
        }
      }
    }
    Terminal.print(Quantities.count(count, "artifact", "artifacts") + " written to \(to)")
  }
}

/// Writes stored outputs below one folder: `train@model=0/weights.safetensors`.
private struct ArtifactExport {
  let project: Project
  let folder: String
  let replaces: Bool

  func write(_ output: StoredOutput, of branch: BranchID) throws {
    let path = folder + "/" + project.plan.exportPath(of: output.name, from: branch)
    switch output.form {
    case .file: try write(output.object, of: output, to: path)
    case .folder:
      try makeFolder(path)
      for file in try output.files(at: path, in: project.cache.objects) {
        if case .stored(let member) = file.content {
          try write(member.object, of: member, to: file.path)
        }
      }
    }
  }

  private func write(
    _ object: ObjectReference, of output: StoredOutput, to path: String
  ) throws {
    try makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    if FileManager.default.fileExists(atPath: path) {
      guard replaces else {
        throw UserError(message: "'\(path)' exists already", hint: "--force replaces it")
      }
      try FileManager.default.removeItem(atPath: path)
    }
    let isExecutable = output.form == .file(executable: true)
    try project.cache.objects.extract(
      object, toNewFile: path, mode: isExecutable ? 0o777 : 0o666)
  }

  private func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
}
