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

  func validate() throws {
    guard !to.isEmpty else { throw ValidationError("--to is empty; it takes a folder, such as .") }
  }

  func run() throws {
    let opened = try project.open(isReadOnly: true)
    let wanted = try names.map { try ArtifactName($0, in: opened.plan) }
    let results = try CurrentResults(of: opened, branches: wanted.flatMap(\.branches))
    let export = ArtifactExport(project: opened, folder: to, replaces: force)
    var written: Set<Artifact> = []
    for name in wanted {
      for branch in name.branches {
        let record = try results.record(of: branch)
        for output in record.outputs where name.output == nil || output.name == name.output {
          let isNew = written.insert(Artifact(branch: branch, output: output.name)).inserted
          if isNew { try export.write(output, of: branch) }
        }
      }
    }
    Terminal.print(Quantities.count(written.count, "artifact", "artifacts") + " written to \(to)")
  }
}

/// One output of one branch, however often it was asked for.
private struct Artifact: Hashable {
  let branch: BranchID
  let output: String
}

/// Writes stored outputs below one folder: `train@model=0/weights.safetensors`.
///
/// Each is written beside its place first, so that one that cannot be read replaces nothing.
private struct ArtifactExport {
  let project: Project
  let folder: String
  let replaces: Bool

  func write(_ output: StoredOutput, of branch: BranchID) throws {
    let files = FileManager.default
    let path = try ProjectPath(project.plan.exportPath(of: output.name, from: branch))
    let target = "\(folder)/\(path.text)"
    let isInTheWay = (try? files.attributesOfItem(atPath: target)) != nil
    guard replaces || !isInTheWay else {
      throw UserError(message: "'\(target)' exists already", hint: "--force replaces it")
    }
    let beside = "\(folder)/.pipe-export-\(UUID().uuidString)"
    try files.createDirectory(atPath: beside + "/new", withIntermediateDirectories: true)
    defer { try? files.removeItem(atPath: beside) }
    try extract(output, to: path, in: beside + "/new")
    let parent = URL(fileURLWithPath: target).deletingLastPathComponent()
    try files.createDirectory(at: parent, withIntermediateDirectories: true)
    if isInTheWay { try files.moveItem(atPath: target, toPath: beside + "/old") }
    do {
      try files.moveItem(atPath: "\(beside)/new/\(path.text)", toPath: target)
    } catch {
      if isInTheWay { try? files.moveItem(atPath: beside + "/old", toPath: target) }
      throw error
    }
  }

  private func extract(_ output: StoredOutput, to path: ProjectPath, in folder: String) throws {
    let tree = WorkTree(
      project: try ProjectFolder(root: folder), store: project.cache.objects,
      memory: SignatureMemory(), displaced: folder + "/displaced")
    _ = try tree.restore(output, at: path, recorded: [:])
  }
}
