import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest
import Workspaces

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
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let place = try ProjectFolder(root: folder)
    let path = try ProjectPath(project.plan.exportPath(of: output.name, from: branch))
    let absolute = place.absolute(path)
    if FileManager.default.fileExists(atPath: absolute) {
      guard replaces else {
        throw UserError(message: "'\(absolute)' exists already", hint: "--force replaces it")
      }
      try FileManager.default.removeItem(atPath: absolute)
    }
    let tree = WorkTree(
      project: place, store: project.cache.objects, memory: SignatureMemory(),
      displaced: project.cacheFolder + "/displaced")
    _ = try tree.restore(output, at: path, recorded: [:])
  }
}
