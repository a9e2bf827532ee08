import ComputeKernel
import DataFormats
import Experiment
package import StageInterface

/// Kind `train`: trains one network and says how it does.
package struct TrainStage: Stage {
  package static let declaration = StageDeclaration(
    kind: "train",
    summary: "Trains a network with one hidden layer and evaluates it.",
    parameters: TrainParameters.declarations,
    inputs: [
      InputDeclaration("data", "The dataset.", artifacts: ImageLibrary.artifacts)
    ],
    outputs: [
      OutputDeclaration(
        "weights", "W1, b1, W2, b2 with the whole configuration as metadata.",
        .file(extension: "safetensors")),
      OutputDeclaration(
        "metrics", "One row: steps, losses, accuracies, gaps.", .file(extension: "csv")),
      OutputDeclaration(
        "exampleLosses",
        "The loss of each image of the evaluation set, and which images a pool has.",
        .file(extension: "safetensors")),
      OutputDeclaration("history", "The mean loss seen in each epoch.", .file(extension: "csv")),
    ])

  package static var codeVersion: String { generatedCodeVersion }

  package init() {}

  package static func problems(in parameters: ParameterValue) -> [ParameterProblem] {
    TrainParameters.problems(in: parameters)
  }

  @concurrent package func run(_ context: StageContext) async throws {
    try Task.checkCancellation()
    let parameters = try context.parameters(as: TrainParameters.self)
    let library = try await ImageLibrary.shared(context)
    let trainingImages = try await library.trainingImages(parameters.data)
    let evaluationImages = try await library.evaluationImages(parameters.data)

    let outcome = try train(parameters, trainingImages, context)
    try Task.checkCancellation()
    let model = try TrainedModel(
      network: outcome.network, metadata: ModelMetadata.texts(context))
    let training = evaluate(model, trainingImages, context)
    let evaluation = evaluate(model, evaluationImages, context, keepLosses: true)
    try check(training, "training", parameters)
    try check(evaluation, "evaluation", parameters)

    try context.write("weights", model.encoded())
    try context.write(
      "metrics",
      TrainingTables.metrics(
        model: model.model, outcome: outcome, training: training, evaluation: evaluation))
    var losses = ["evaluation": Tensor(evaluation.losses ?? [])]
    if let numbers = try await library.evaluationNumbers(parameters.data) {
      losses["images"] = Tensor(numbers)
    }
    try context.write("exampleLosses", Safetensors(tensors: losses).encoded())
    try context.write("history", TrainingTables.history(outcome))
  }

  private func train(
    _ parameters: TrainParameters, _ images: LabelledImages, _ context: StageContext
  ) throws(TrainError) -> TrainingOutcome {
    let limit = parameters.epochLimit
    do {
      return try Training.run(parameters.plan, on: images) { epoch in
        context.progress(min(epoch, limit), of: limit, "epochs")
      }
    } catch {
      throw .diverged(error, learningRate: parameters.optimizer.learningRate)
    }
  }

  /// How the stored network does; a batch-normalised one is folded by now.
  private func evaluate(
    _ model: TrainedModel, _ images: LabelledImages, _ context: StageContext,
    keepLosses: Bool = false
  ) -> Evaluation {
    Evaluator.evaluate(
      [model.network.weights], shape: model.network.shape, activation: model.network.activation,
      on: images, threads: context.cores, keepLosses: keepLosses)[0]
  }

  private func check(
    _ evaluation: Evaluation, _ images: String, _ parameters: TrainParameters
  ) throws(TrainError) {
    guard evaluation.meanLoss.isFinite else {
      throw .overflowed(images: images, learningRate: parameters.optimizer.learningRate)
    }
  }
}
