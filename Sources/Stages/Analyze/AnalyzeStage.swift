import Findings
package import StageInterface

/// Kind `analyze`: relates the sharpness of all models to their generalization gaps.
package struct AnalyzeStage: Stage {
  package static let declaration = StageDeclaration(
    kind: "analyze",
    summary: "Relates how sharp the models' minima are to how well they generalize.",
    parameters: AnalyzeParameters.declarations,
    inputs: [
      InputDeclaration(
        "models", "The trained models.", artifacts: ["weights", "metrics", "exampleLosses"],
        isCollected: true),
      InputDeclaration(
        "perturbations", "The losses of the perturbed models.", artifacts: ["losses"],
        isCollected: true),
    ],
    outputs: [
      OutputDeclaration(
        "analysis", "Everything that was found, as numbers.", .file(extension: "json")),
      OutputDeclaration("models", "One row for each model.", .file(extension: "csv")),
      OutputDeclaration(
        "draws", "One row for each perturbation of a model.", .file(extension: "csv")),
    ])

  package static var codeVersion: String { generatedCodeVersion }

  package init() {}

  @concurrent package func run(_ context: StageContext) async throws {
    let settings = try context.parameters(as: AnalysisSettings.self)
    let study = try StudyReader(settings: settings).read(context)
    let findings = try await StudyAnalysis(study: study, cores: context.cores).findings {
      context.progress($0, of: $1, "steps")
    }
    try context.write("models", StudyTables.models(findings))
    try context.write("draws", StudyTables.draws(study))
    try context.write("analysis", findings.json())
    context.log(findings.answer)
  }
}
