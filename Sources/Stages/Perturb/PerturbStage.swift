import ComputeKernel
import DataFormats
import Experiment
package import StageInterface

/// Kind `perturb`: moves the weights of a model along random directions and measures its loss there.
package struct PerturbStage: Stage {
  package static let declaration = StageDeclaration(
    kind: "perturb",
    summary: "Moves a model's weights at random and records how its loss changes.",
    parameters: PerturbParameters.declarations,
    inputs: [
      InputDeclaration(
        "data", "The dataset on which the model was trained.", artifacts: ImageLibrary.artifacts),
      InputDeclaration("model", "The trained model.", artifacts: ["weights"]),
    ],
    outputs: [
      OutputDeclaration(
        "losses", "One row a draw and sigma (two if antithetic): loss before and after.",
        .file(extension: "csv"))
    ])

  package static var codeVersion: String { generatedCodeVersion }

  /// Draws handed to the kernel at once: enough to fill its tiles, few enough to lie in memory.
  private static let batch = 64

  package init() {}

  package static func problems(in parameters: ParameterValue) -> [ParameterProblem] {
    PerturbParameters.problems(in: parameters)
  }

  @concurrent package func run(_ context: StageContext) async throws {
    try Task.checkCancellation()
    let parameters = try context.parameters(as: PerturbParameters.self)
    let model = try TrainedModel(parsing: context.artifact("model", "weights").read())
    try model.checkData(context)
    let library = try await ImageLibrary.shared(context)
    let losses = MoveLosses(
      model: model, images: try await library.images(parameters.on, of: model.selection),
      parameters: parameters, threads: context.cores)
    let draws = parameters.firstDraw..<(parameters.firstDraw + parameters.draws)
    var table = LossTable(model: model.model, parameters: parameters)
    var baseline: Double?
    for start in stride(from: draws.lowerBound, to: draws.upperBound, by: Self.batch) {
      try Task.checkCancellation()
      let batch = start..<min(start + Self.batch, draws.upperBound)
      let moves = batch.flatMap { Move.moves(of: $0, parameters) }
      // The network as it is goes along with the first batch.
      var moved = losses.losses(of: batch, unmoved: baseline == nil)
      let unmoved = baseline ?? moved.removeFirst()
      baseline = unmoved
      for (move, loss) in zip(moves, moved) { table.append(move, baseline: unmoved, loss: loss) }
      context.progress(batch.upperBound - draws.lowerBound, of: draws.count, "draws")
    }
    try context.write("losses", table.bytes)
  }
}
