import ComputeKernel
import Experiment
import StageInterface

extension TrainParameters {
  static let declarations = [
    Parameter(
      "seed", "The key of all random numbers of the experiment.", .integer(0...Int64.max),
      default: .integer(20_171_107)),
    Parameter(
      "model",
      "Number of the model: with the seed it decides initial weights, shuffles and perturbations.",
      .integer(0...Int64(UInt32.max)), default: .integer(0)),
    DataSelection.declaration,
    Parameter("hidden", "Number of hidden units.", .integer(1...256), default: .integer(20)),
    Parameter(
      "activation", "Activation function of the hidden units.",
      .choice(Activation.allCases.map(\.rawValue)), default: .string("relu")),
    Parameter(
      "batchNorm",
      "Batch normalisation before the activation; it is folded into the weights that are stored.",
      .boolean, default: .boolean(false)),
    Parameter(
      "init", "How weights begin: uniform on ±√(6/(inputs + outputs)) of their layer.",
      .choice(["glorot_uniform"]), default: .string("glorot_uniform")),
    Parameter("bias", "How biases begin.", .choice(["zeros"]), default: .string("zeros")),
    OptimizerParameters.declaration,
    Parameter("batch", "Images per step.", .integer(1...60_000), default: .integer(128)),
    Parameter(
      "epochs", "Passes over the training images; without effect when 'steps' is given.",
      .integer(1...1_000_000), default: .integer(12)),
    Parameter("steps", "Optimiser steps, instead of 'epochs'.", .integer(1...1_000_000_000)),
    Parameter(
      "targetTrainLoss",
      "Ends the training earlier: after the first epoch whose mean loss per image is at most this.",
      .number(.positive(to: 1e6))),
    Parameter(
      "l2", "λ of the term λ‖W‖² in the objective; biases and reported losses are without it.",
      .number(NumberRange(from: 0, to: 1e6)), default: .number(0)),
    Parameter(
      "sharpness",
      "ρ of sharpness-aware minimisation: each step takes its gradient at w + ρg/‖g‖; 0 is off.",
      .number(NumberRange(from: 0, to: 1e3)), default: .number(0)),
    Parameter(
      "shuffle", "When the order of the training images is drawn anew.", .choice(["epoch"]),
      default: .string("epoch")),
    Parameter(
      "lastBatch", "What becomes of images that do not fill a batch: a smaller step, or none.",
      .choice(["keep", "drop"]), default: .string("keep")),
  ]

  /// Parameters that are each in range but do not go together, or not with the numbers of training.
  static func problems(in parameters: ParameterValue) -> [ParameterProblem] {
    missingBatches(parameters) + OptimizerParameters.roundingProblems(in: parameters)
      + ["l2", "sharpness"].compactMap { path in
        guard let value = parameters[path: path]?.double, value > 0, Float(value) == 0 else {
          return nil
        }
        return ParameterProblem(path: path, message: OptimizerParameters.isZero)
      }
  }

  private static func missingBatches(_ parameters: ParameterValue) -> [ParameterProblem] {
    guard case .integer(let batch) = parameters[path: "batch"],
      case .integer(let train) = parameters[path: "data.train"],
      parameters[path: "lastBatch"] == .string("drop"), batch > train
    else { return [] }
    return [
      ParameterProblem(
        path: "batch",
        message: "must not be above data.train (\(train)) when lastBatch is \"drop\": "
          + "no batch would be full")
    ]
  }
}
