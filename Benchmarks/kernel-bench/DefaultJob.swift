import ComputeKernel
import Experiment

/// The work of the default pipeline without engine, storage and analysis: what the peers do too.
///
/// Train the models, evaluate each on the training and the test images, and evaluate each on the
/// training images again after every move of its weights.
struct DefaultJob: Sendable {
  static let seed: UInt64 = 20_171_107
  static let sigma = 0.01
  /// Networks evaluated together: enough to fill the kernel's panels, few enough for equal shares.
  static let evaluatedTogether = 10

  var models = 100
  var epochs = 12
  var draws = 20
  var threads = 2

  /// Does the work.
  ///
  /// Deriving groups and tiles from the images is part of it; reading them is not.
  ///
  /// - Throws: ``Divergence`` when a network diverges.
  /// - Returns: how long each part took, and what came out.
  func run(training: LabelledImages, test: LabelledImages) throws(Divergence) -> JobResult {
    let preparation = Measurement(repetitions: 1) {
      training.prepare()
      test.prepare(training: false)
    }
    let (trained, trainTime) = timed {
      Workers.map(models, threads: threads) { train(UInt32($0), on: training) }
    }
    let networks = try trained.map { outcome throws(Divergence) in try outcome.get() }
    let (evaluations, evaluateTime) = timed {
      [training, test].map { evaluate(networks, on: $0) }
    }
    let (moved, perturbTime) = timed {
      Workers.map(models, threads: threads) { perturb(networks[$0], UInt32($0), on: training) }
    }
    return JobResult(
      job: self, prepare: preparation.median, train: trainTime, evaluate: evaluateTime,
      perturb: perturbTime, training: evaluations[0], test: evaluations[1], moved: moved)
  }

  private func train(
    _ model: UInt32, on images: LabelledImages
  ) -> Result<Network, Divergence> {
    Result { () throws(Divergence) in
      try Training.run(TrainingPlan(seed: Self.seed, model: model, epochs: epochs), on: images)
        .network
    }
  }

  private func evaluate(_ networks: [Network], on images: LabelledImages) -> [Evaluation] {
    let groups = stride(from: 0, to: networks.count, by: Self.evaluatedTogether).map {
      networks[$0..<min($0 + Self.evaluatedTogether, networks.count)]
    }
    return Workers.map(groups.count, threads: threads) { group in
      losses(groups[group].map(\.weights), like: networks[0], on: images)
    }.flatMap { $0 }
  }

  /// The mean loss after every move of one network.
  private func perturb(
    _ network: Network, _ model: UInt32, on images: LabelledImages
  ) -> [Double] {
    let moved = (0..<draws).map { draw in
      Direction(
        .gaussian, scope: .all, of: network, seed: Self.seed, model: model, draw: UInt32(draw)
      ).moving(network.weights, by: Self.sigma)
    }
    return losses(moved, like: network, on: images).map(\.meanLoss)
  }

  private func losses(
    _ weightSets: [[Float]], like network: Network, on images: LabelledImages
  ) -> [Evaluation] {
    Evaluator.evaluate(
      weightSets, shape: network.shape, activation: network.activation, on: images)
  }

  /// A result and the seconds it took.
  private func timed<Value>(_ work: () -> Value) -> (Value, Double) {
    let begin = ContinuousClock.now
    let value = work()
    return (value, (ContinuousClock.now - begin).inSeconds)
  }
}
