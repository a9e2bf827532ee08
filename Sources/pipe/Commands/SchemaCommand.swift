import ArgumentParser
import PipelineEngine
import PipelineManifest

/// `pipe schema`: the JSON Schema of `pipeline.json` for the stage kinds of this program.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of pipeline.json.",
    discussion: "Editors complete and check pipeline.json by it; see '$schema' there.")

  func run() throws {
    Terminal.write(ManifestSchema.text(for: BuiltInStages.registry.kinds), to: 1)
  }
}
