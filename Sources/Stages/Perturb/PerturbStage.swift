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
        "losses", "One row a draw (two if antithetic): loss before and after.",
        .file(extension: "csv"))
    ])

  package static var codeVersion: String { generatedCodeVersion }

  /// Draws handed to the kernel at once: enough to fill its tiles, few enough to lie in memory.
  private static let batch = 64

  package init() {}

  @concurrent package func run(_ context: StageContext) async throws {
    try Task.checkCancellation()
    let parameters = try context.parameters(as: PerturbParameters.self)
    let model = try TrainedModel(parsing: context.artifact("model", "weights").read())
    try model.checkData(context)
    let library = try await ImageLibrary.shared(context)
    let images =
      switch parameters.on {
      case .train: try await library.trainingImages(model.selection)
      case .evaluation: try await library.evaluationImages(model.selection)
      }

    let evaluate = { (weightSets: [[Float]]) in
      Evaluator.evaluate(
        weightSets, shape: model.network.shape, activation: model.network.activation, on: images,
        threads: context.cores
      ).map(\.meanLoss)
    }
    let draws = parameters.firstDraw..<(parameters.firstDraw + parameters.draws)
    var table = LossTable(model: model.model, parameters: parameters)
    var baseline: Double?
    for start in stride(from: draws.lowerBound, to: draws.upperBound, by: Self.batch) {
      try Task.checkCancellation()
      let batch = start..<min(start + Self.batch, draws.upperBound)
      let moves = batch.flatMap { Move.moves(of: $0, model, parameters) }
      let moved = moves.map(\.weights)
      // The network as it is goes along with the first batch.
      var losses = evaluate(baseline == nil ? [model.network.weights] + moved : moved)
      let unmoved = baseline ?? losses.removeFirst()
      baseline = unmoved
      for (move, loss) in zip(moves, losses) { table.append(move, baseline: unmoved, loss: loss) }
      context.progress(batch.upperBound - draws.lowerBound, of: draws.count, "draws")
    }
    try context.write("losses", table.bytes)
  }
}
