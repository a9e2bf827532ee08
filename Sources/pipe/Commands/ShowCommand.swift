import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine
import PipelineManifest

/// `pipe show`: a result's provenance, or an artifact's content.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a branch's result, or the content of one artifact.",
    discussion: """
      'pipe show train@7' tells key, outputs, digests and provenance. 'pipe show train@7.metrics' \
      writes the artifact itself to standard output.
      """)

  @Argument(
    help: ArgumentHelp(valueName: "branch[.output]"), completion: .custom(Completions.targets))
  var name: String

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let opened = try project.open(isReadOnly: true)
    let wanted = try ArtifactName(name, in: opened.plan)
    guard let branch = wanted.branches.first, wanted.branches.count == 1 else {
      _ = try Targets.branch(name, in: opened.plan)
      throw UserError(
        message: "'\(name)' names \(wanted.branches.count) branches, but one is wanted",
        hint: "pipe export writes many")
    }
    let record = try CurrentResults(of: opened, branches: [branch]).record(of: branch)
    guard let output = wanted.output else {
      Terminal.print(Self.text(of: record))
      return
    }
    for stored in record.outputs where stored.name == output {
      try Self.printContent(of: stored, in: opened.cache.objects)
    }
  }

  private static func printContent(of output: StoredOutput, in store: ContentStore) throws {
    guard case .folder = output.form else {
      try store.stream(output.object) { Terminal.write($0, to: 1) }
      return
    }
    for entry in try FolderListing(decoding: store.read(output.object)).entries {
      let path = String(decoding: entry.path, as: UTF8.self)
      switch entry.kind {
      case .folder: Terminal.print("\(path)/")
      case .link(let target):
        Terminal.print("\(path) -> \(String(decoding: target, as: UTF8.self))")
      case .file(_, let digest): Terminal.print("\(digest.short)  \(path)")
      }
    }
  }

  private static func text(of record: RecordSummary) -> String {
    var facts = Table([("branch", .left), (record.branch, .left)])
    facts.add(["key", record.key.description])
    facts.add(["started", Quantities.moment(record.started)])
    facts.add(["took", Quantities.duration(record.duration)])
    facts.add(["host", record.host])
    facts.add(["pipe", record.version])
    facts.add(["run", record.run])
    var outputs = Table([
      ("output", .left), ("size", .right), ("stored", .right), ("digest", .left),
    ])
    for output in record.outputs {
      outputs.add([
        output.name, Quantities.size(output.objects.reduce(0) { $0 + $1.size }),
        Quantities.size(output.objects.reduce(0) { $0 + $1.storedSize }),
        output.object.digest.description,
      ])
    }
    return facts.text + "\n\n" + outputs.text
  }
}
