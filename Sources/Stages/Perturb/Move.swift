import ComputeKernel
import Experiment

/// One move of the weights of a model: a draw, forwards or backwards.
struct Move: Sendable {
  let draw: Int
  let isForward: Bool
  /// The weights after the move.
  let weights: [Float]

  /// The moves of one draw: forwards and, where `parameters` ask for it, backwards.
  static func moves(of draw: Int, _ model: TrainedModel, _ parameters: PerturbParameters) -> [Move]
  {
    let direction = Direction(
      parameters.kind, scope: parameters.scope, of: model.network, seed: model.seed,
      model: model.model, draw: UInt32(draw))
    let lengths =
      parameters.antithetic ? [parameters.sigma, -parameters.sigma] : [parameters.sigma]
    return lengths.enumerated().map { index, length in
      Move(
        draw: draw, isForward: index == 0,
        weights: direction.moving(model.network.weights, by: length))
    }
  }
}
