import ComputeKernel
import Testing

/// Bits that no machine and no later version may change without a reason.
///
/// A change here changes every cached result; it must be meant, and these numbers follow it.
@Suite struct GoldenBitsTests {
  @Test(arguments: Implementation.fast)
  func trainingReLUWithAdam(_ kernel: Implementation) throws {
    let images = try #require(MNISTFixture.first(200))
    let plan = TrainingPlan(seed: 20_171_107, model: 3, steps: 8)
    let network = try Training.run(plan, on: images, kernel: kernel).network
    #expect(fingerprint(network.weights) == 4_093_835_796_805_331_720)
  }

  @Test(arguments: Implementation.fast)
  func trainingTanhWithEverything(_ kernel: Implementation) throws {
    let images = try #require(MNISTFixture.first(200))
    var plan = TrainingPlan(seed: 20_171_107, model: 3, hidden: 33, steps: 8)
    plan.activation = .tanh
    plan.batchNorm = true
    plan.optimizer = .rmsprop(learningRate: 0.001)
    plan.l2 = 1e-4
    plan.sharpnessRadius = 0.05
    plan.batch = 30
    let network = try Training.run(plan, on: images, kernel: kernel).network
    #expect(fingerprint(network.folded().weights) == 10_627_367_351_943_597_056)
  }

  @Test(arguments: Implementation.fast)
  func evaluationSigmoid(_ kernel: Implementation) throws {
    let images = try #require(MNISTFixture.first(200))
    let shape = Shape(hidden: 21)
    let evaluation = Evaluator.evaluate(
      [Initialization.glorotUniform(shape, seed: 20_171_107, model: 5)], shape: shape,
      activation: .sigmoid, on: images, keepLosses: true, kernel: kernel)[0]
    #expect(fingerprint(evaluation.losses ?? []) == 1_303_934_644_696_168_819)
  }

  /// FNV-1a over the bit patterns.
  private func fingerprint(_ values: [Float]) -> UInt64 {
    values.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1.bitPattern)) &* 0x100_0000_01b3 }
  }
}
