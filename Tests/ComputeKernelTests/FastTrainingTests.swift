import ComputeKernel
import Testing

/// The fast training steps against the plain ones.
///
/// Tolerance: gradients of a few hundred f32 additions differ by some 1e-6 relative; plain gradient
/// descent with a rate of 0.1 keeps ten steps' weights within 1e-5.
@Suite struct FastTrainingTests {
  static let shapes: [(hidden: Int, batch: Int)] =
    (1...33).map { (hidden: $0, batch: 7) } + [(64, 32), (200, 16), (256, 5)]
    + [1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 257, 300].map {
      (hidden: 20, batch: $0)
    }

  @Test(arguments: Implementation.fast)
  func agreesWithReferenceForEveryShape(_ kernel: Implementation) throws {
    let images = smallImages(count: 300)
    for shape in Self.shapes {
      var plan = TrainingPlan(seed: 3, model: 1, hidden: shape.hidden, steps: 10)
      plan.batch = shape.batch
      plan.optimizer = .sgd(learningRate: 0.1)
      try expectAgreement(plan, images, kernel)
    }
  }

  /// Groups of four pixels, and masks of sixty-four groups, that are full, or just begun.
  @Test(arguments: Implementation.fast)
  func agreesWithReferenceForEveryImageSize(_ kernel: Implementation) throws {
    for pixels in [1, 2, 3, 4, 5, 8, 9, 255, 256, 257, 511, 513, 1024] {
      var plan = TrainingPlan(seed: 3, model: 5, hidden: 9, steps: 5)
      plan.batch = 30
      plan.optimizer = .sgd(learningRate: 0.01)
      try expectAgreement(plan, smallImages(count: 70, pixels: pixels), kernel)
    }
    var plan = TrainingPlan(seed: 3, model: 5, hidden: 2, steps: 1)
    plan.batch = 3
    plan.optimizer = .sgd(learningRate: 0.001)
    for pixels in [65_535, 65_536] {
      try expectAgreement(plan, smallImages(count: 3, pixels: pixels), kernel)
    }
  }

  @Test(arguments: Implementation.fast, Activation.allCases)
  func agreesWithReferenceForEveryActivation(
    _ kernel: Implementation, _ activation: Activation
  ) throws {
    let images = smallImages(count: 60, classes: 7)
    for batchNorm in [false, true] {
      var plan = TrainingPlan(seed: 3, model: 2, hidden: 11, steps: 10)
      plan.activation = activation
      plan.batchNorm = batchNorm
      plan.batch = 20
      plan.optimizer = .sgd(learningRate: 0.1)
      try expectAgreement(plan, images, kernel)
    }
  }

  @Test(arguments: Implementation.fast)
  func agreesWithReferenceWithEveryExtra(_ kernel: Implementation) throws {
    let images = smallImages(count: 60)
    for optimizer in [
      Optimizer.momentum(learningRate: 0.02, momentum: 0.9),
      .nesterov(learningRate: 0.02, momentum: 0.9),
      .sgd(learningRate: 0.1),
    ] {
      var plan = TrainingPlan(seed: 3, model: 4, hidden: 12, epochs: 3)
      plan.batch = 16
      plan.optimizer = optimizer
      plan.l2 = 1e-3
      plan.sharpnessRadius = 0.05
      plan.batchNorm = true
      try expectAgreement(plan, images, kernel)
    }
  }

  private func expectAgreement(
    _ plan: TrainingPlan, _ images: LabelledImages, _ kernel: Implementation
  ) throws {
    let fast = try Training.run(plan, on: images, kernel: kernel)
    let plain = try Training.run(plan, on: images, kernel: .reference)
    #expect(distance(fast.network.weights, plain.network.weights) <= 1e-5, "\(plan)")
    #expect(fast.steps == plain.steps)
    for (fast, plain) in zip(fast.epochLosses, plain.epochLosses) {
      #expect(abs(fast - plain) <= 1e-5, "\(plan)")
    }
    if let fast = fast.network.batchNorm, let plain = plain.network.batchNorm {
      #expect(distance(fast.gamma + fast.beta, plain.gamma + plain.beta) <= 1e-5)
      #expect(distance(fast.mean + fast.variance, plain.mean + plain.variance) <= 1e-5)
    }
  }

  private func distance(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
  }
}
