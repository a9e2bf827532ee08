import ComputeKernel
import Testing

/// Every instruction set and every number of threads gives the same bits.
@Suite struct SameBitsTests {
  /// A variant that computes in another's place would be compared with itself.
  @Test func aVariantThatCannotRunIsRefused() {
    for variant in KernelVariant.allCases {
      let refusal = KernelVariant.refusal(of: variant.rawValue)
      #expect((refusal == nil) == variant.isSupported)
      #expect(refusal?.contains("'\(variant.rawValue)', which this processor cannot run") ?? true)
    }
    let refusal = KernelVariant.refusal(of: "mmx") ?? ""
    #expect(refusal.contains("'mmx', which nobody knows") && refusal.contains("'portable'"))
  }

  static let plans: [TrainingPlan] = {
    let optimizers: [Optimizer] = [
      .sgd(learningRate: 0.1), .momentum(learningRate: 0.01, momentum: 0.9),
      .nesterov(learningRate: 0.01, momentum: 0.9), .rmsprop(learningRate: 0.001), .adam(),
    ]
    return optimizers.enumerated().flatMap { index, optimizer in
      Activation.allCases.map { activation in
        var plan = TrainingPlan(seed: 9, model: UInt32(index), hidden: 5 + 9 * index, steps: 12)
        plan.optimizer = optimizer
        plan.activation = activation
        plan.batchNorm = index % 2 == 1
        plan.batch = 19
        plan.l2 = index == 2 ? 1e-3 : 0
        plan.sharpnessRadius = index >= 3 ? 0.05 : 0
        return plan
      }
    }
  }()

  @Test(arguments: plans)
  func trainingGivesTheSameBits(_ plan: TrainingPlan) throws {
    let images = try #require(MNISTFixture.first(100))
    let outcomes = try Implementation.fast.map {
      try Training.run(plan, on: images, kernel: $0)
    }
    for outcome in outcomes {
      #expect(outcome.network.weights == outcomes[0].network.weights)
      #expect(outcome.network.batchNorm == outcomes[0].network.batchNorm)
      #expect(outcome.epochLosses == outcomes[0].epochLosses)
    }
  }

  @Test(arguments: Activation.allCases)
  func evaluationGivesTheSameBits(_ activation: Activation) throws {
    let images = try #require(MNISTFixture.first(333))
    for hidden in [1, 7, 20, 33, 100] {
      let shape = Shape(hidden: hidden)
      let sets = (0..<7).map { Initialization.glorotUniform(shape, seed: 1, model: $0) }
      let evaluations = Implementation.fast.flatMap { kernel in
        [1, 2, 3, 50].map { threads in
          Evaluator.evaluate(
            sets, shape: shape, activation: activation, on: images, threads: threads,
            keepLosses: true, kernel: kernel)
        }
      }
      for evaluation in evaluations { #expect(evaluation == evaluations[0]) }
    }
  }

  @Test(
    .enabled(
      if: MNISTFixture.folder != nil, "PIPE_TEST_MNIST does not name a folder with the IDX files"))
  func fullMNISTGivesTheSameBits() throws {
    let images = try #require(MNISTFixture.training)
    let plan = TrainingPlan(seed: 20_171_107, model: 0, epochs: 1)
    let outcomes = try Implementation.fast.map { try Training.run(plan, on: images, kernel: $0) }
    let weights = outcomes[0].network.weights
    for outcome in outcomes {
      #expect(outcome.network.weights == weights)
      #expect(outcome.epochLosses == outcomes[0].epochLosses)
    }
    let sets = [weights, weights.map { $0 * 1.01 }, weights.map { $0 * 0.99 }]
    let evaluations = Implementation.fast.flatMap { kernel in
      [1, 2].map { threads in
        Evaluator.evaluate(
          sets, shape: Shape(hidden: 20), activation: .relu, on: images, threads: threads,
          keepLosses: true, kernel: kernel)
      }
    }
    for evaluation in evaluations { #expect(evaluation == evaluations[0]) }
  }
}
