import Findings
package import StageInterface

/// Writes the report of one analysis: Markdown, figures and the tables behind them.
package struct ReportStage: Stage {
  package init() {}

  package static let declaration = StageDeclaration(
    kind: "report",
    summary: "Writes what an analysis found as a Markdown report with figures and tables.",
    parameters: [
      Parameter(
        "title", "Headline of the report.", .string, default: .string(Reference.title))
    ],
    inputs: [
      InputDeclaration(
        "analysis", "An analyze stage.", artifacts: ["analysis", "models", "draws"])
    ],
    outputs: [
      OutputDeclaration(
        "report", "README.md, its figures (SVG) and the tables models.csv and draws.csv.", .folder)
    ])

  package static var codeVersion: String { generatedCodeVersion }

  package static func problems(in parameters: ParameterValue) -> [ParameterProblem] {
    guard case .string(let title)? = parameters[path: "title"] else { return [] }
    let isBlank = title.allSatisfy(\.isWhitespace)
    return isBlank ? [ParameterProblem(path: "title", message: "must not be blank")] : []
  }

  @concurrent package func run(_ context: StageContext) async throws {
    let analysis = try context.artifact("analysis", "analysis")
    let models = try context.artifact("analysis", "models")
    let draws = try context.artifact("analysis", "draws")
    let settings = try context.parameters(as: Settings.self)
    let report = StudyReport(
      title: settings.title, findings: try StudyFindings(json: analysis.read()),
      results: DigestSection.Results(
        analysis: analysis.digest, models: models.digest, draws: draws.digest))
    try context.write("report", path: "README.md", Array(report.markdown.utf8))
    for figure in report.figures {
      try context.write("report", path: figure.path, Array(figure.svg.utf8))
    }
    try context.write("report", path: "models.csv", models.read())
    try context.write("report", path: "draws.csv", draws.read())
  }

  private struct Settings: Decodable {
    var title: String
  }
}
