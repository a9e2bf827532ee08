import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest
import StageInterface
import Workspaces

/// `pipe export`: artifacts out of the cache, as files in standard formats.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write artifacts out of the cache into a folder.",
    discussion: """
      'pipe export train.weights --to weights' writes weights/train@model=0.weights.safetensors and \
      so on; without an output's name, all outputs are written.
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

/// Writes stored outputs below one folder.
private struct ArtifactExport {
  let project: Project
  let folder: String
  let replaces: Bool

  func write(_ output: StoredOutput, of branch: BranchID) throws {
    let path = folder + "/" + project.plan.exportName(of: output.name, from: branch)
    switch output.form {
    case .file(let isExecutable): try write(output.object, isExecutable, to: path)
    case .folder:
      try makeFolder(path)
      for member in try output.resolvedMembers(at: path, in: project.cache.objects) {
        switch member.content {
        case .folder: try makeFolder(member.path)
        case .object(let object, let isExecutable): try write(object, isExecutable, to: member.path)
        case .link(let target):
          try makeWay(for: member.path)
          try FileManager.default.createSymbolicLink(
            atPath: member.path, withDestinationPath: target)
        case .source: continue
        }
      }
    }
  }

  private func write(_ object: ObjectReference, _ isExecutable: Bool, to path: String) throws {
    try makeWay(for: path)
    try project.cache.objects.extract(object, to: path)
    try FileManager.default.setAttributes(
      [.posixPermissions: isExecutable ? 0o755 : 0o644], ofItemAtPath: path)
  }

  private func makeWay(for path: String) throws {
    try makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    guard FileManager.default.fileExists(atPath: path) else { return }
    guard replaces else {
      throw UserError(message: "'\(path)' exists already", hint: "--force replaces it")
    }
    try FileManager.default.removeItem(atPath: path)
  }

  private func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
}
