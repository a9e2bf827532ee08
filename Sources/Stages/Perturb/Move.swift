import ComputeKernel
import Experiment

/// One move of the weights: a draw, forwards or backwards.
struct Move: Sendable, Hashable {
  var draw: Int
  var isForward: Bool

  /// Every move that `parameters` ask for, by draw, forwards first.
  static func all(_ parameters: PerturbParameters) -> [Move] {
    (parameters.firstDraw..<(parameters.firstDraw + parameters.draws)).flatMap { draw in
      parameters.antithetic
        ? [Move(draw: draw, isForward: true), Move(draw: draw, isForward: false)]
        : [Move(draw: draw, isForward: true)]
    }
  }

  /// The weights of `model` after this move.
  func weights(of model: TrainedModel, _ parameters: PerturbParameters) -> [Float] {
    let direction = Direction(
      parameters.kind, scope: parameters.scope, of: model.network, seed: model.seed,
      model: model.model, draw: UInt32(draw))
    let length = isForward ? parameters.sigma : -parameters.sigma
    return direction.moving(model.network.weights, by: length)
  }
}
