import ComputeKernel
import DataFormats
import Experiment
package import StageInterface

/// Kind `measure`: what is known of a model's loss surface at its weights, one row a model.
package struct MeasureStage: Stage {
  package static let declaration = StageDeclaration(
    kind: "measure",
    summary: "Measures the sharpness of a model's loss surface at its weights.",
    parameters: MeasureParameters.declarations,
    inputs: [
      InputDeclaration(
        "data", "The dataset on which the model was trained.", artifacts: ImageLibrary.artifacts),
      InputDeclaration("model", "The trained model.", artifacts: ["weights"]),
    ],
    outputs: [
      OutputDeclaration("measures", "One row: the measures asked for.", .file(extension: "csv"))
    ])

  package static var codeVersion: String { generatedCodeVersion }

  package init() {}

  package static func problems(in parameters: ParameterValue) -> [ParameterProblem] {
    MeasureParameters.problems(in: parameters)
  }

  @concurrent package func run(_ context: StageContext) async throws {
    let parameters = try context.parameters(as: MeasureParameters.self)
    let model = try TrainedModel(parsing: context.artifact("model", "weights").read())
    try model.checkData(context)
    let library = try await ImageLibrary.shared(context)
    let images = try await library.images(parameters.on, of: model.selection)

    var measures = ModelMeasures(model, on: images, parameters, threads: context.cores)
    var columns: [ModelMeasures.Column] = [("loss", measures.loss)]
    for (done, name) in parameters.measures.enumerated() {
      columns += try measures.columns(name)
      // A measure that was cut short is none.
      try Task.checkCancellation()
      context.progress(done + 1, of: parameters.measures.count, "measures")
    }
    var table = CSVWriter(columns: ["model", "on"] + columns.map(\.name))
    table.append(
      [.integer(Int(model.model)), .text(parameters.on.rawValue)]
        + columns.map { .number($0.value) })
    try context.write("measures", table.bytes)
  }
}
