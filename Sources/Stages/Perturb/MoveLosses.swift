import ComputeKernel
import Experiment

/// Measures the loss of a model after its moves.
struct MoveLosses: Sendable {
  let model: TrainedModel
  let images: LabelledImages
  let parameters: PerturbParameters
  let threads: Int

  /// The losses after the moves of some draws.
  ///
  /// - Parameters:
  ///   - draws: their numbers.
  ///   - unmoved: whether the loss of the model as it is comes first.
  /// - Returns: the losses in the order of ``Move/moves(of:_:)``, draw after draw.
  func losses(of draws: Range<Int>, unmoved: Bool) -> [Double] {
    switch parameters.sigma {
    case .one: single(draws, unmoved)
    case .several: (unmoved ? evaluate([model.network.weights]) : []) + sweep(draws)
    }
  }

  /// Each move by itself: w + σδ is formed and evaluated.
  private func single(_ draws: Range<Int>, _ unmoved: Bool) -> [Double] {
    let moved = draws.flatMap { draw in
      let direction = direction(draw)
      return Move.moves(of: draw, parameters).map {
        direction.moving(model.network.weights, by: $0.length)
      }
    }
    return evaluate((unmoved ? [model.network.weights] : []) + moved)
  }

  /// All moves of a draw from one product of the images with its direction.
  private func sweep(_ draws: Range<Int>) -> [Double] {
    let lengths = Move.moves(of: draws.lowerBound, parameters).map(\.length)
    return Evaluator.sweep(
      model.network, along: draws.map { direction($0).values }, by: lengths, on: images,
      threads: threads
    ).joined().map(\.meanLoss)
  }

  private func direction(_ draw: Int) -> Direction {
    Direction(
      parameters.kind, scope: parameters.scope, of: model.network, seed: model.seed,
      model: model.model, draw: UInt32(draw))
  }

  private func evaluate(_ weightSets: [[Float]]) -> [Double] {
    Evaluator.evaluate(
      weightSets, shape: model.network.shape, activation: model.network.activation, on: images,
      threads: threads
    ).map(\.meanLoss)
  }
}
