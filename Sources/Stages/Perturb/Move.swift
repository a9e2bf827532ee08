import Experiment

/// One move of the weights of a model: along the direction of a draw, forwards or backwards.
struct Move: Sendable {
  let draw: Int
  /// σ, not negative.
  let sigma: Double
  let isForward: Bool

  /// How far along the direction, with its sign.
  var length: Double { isForward ? sigma : -sigma }

  /// The moves of one draw, in the order of the table.
  static func moves(of draw: Int, _ parameters: PerturbParameters) -> [Move] {
    parameters.sigma.values.flatMap { sigma in
      (parameters.antithetic ? [true, false] : [true]).map {
        Move(draw: draw, sigma: sigma, isForward: $0)
      }
    }
  }
}
