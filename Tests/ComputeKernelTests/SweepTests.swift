import ComputeKernel
import ReproducibleMath
import Testing

/// The sweep, which shares the first layer's product among lengths, against single evaluations.
@Suite struct SweepTests {
  private static let lengths = [0, 1e-4, -0.01, 0.03, 0.3]

  private func directions(_ network: Network, _ count: Int) -> [[Double]] {
    (0..<count).map {
      RandomSequence(seed: 3, stream: .perturbation, draw: UInt32($0))
        .normals(count: network.weights.count)
    }
  }

  private func direct(
    _ network: Network, _ directions: [[Double]], _ images: LabelledImages
  ) -> [[Evaluation]] {
    directions.map { direction in
      Evaluator.evaluate(
        Self.lengths.map { length in
          zip(network.weights, direction).map { Float(Double($0) + length * $1) }
        }, shape: network.shape, activation: network.activation, on: images)
    }
  }

  private func expectAgreement(
    _ network: Network, _ images: LabelledImages, _ kernel: Implementation, _ what: String,
    draws: Int = 3
  ) {
    let directions = directions(network, draws)
    let sweep = Evaluator.sweep(
      network, along: directions, by: Self.lengths, on: images, threads: 2, kernel: kernel)
    let single = direct(network, directions, images)
    #expect(sweep.map(\.count) == directions.map { _ in Self.lengths.count })
    for (sweep, single) in zip(sweep.joined(), single.joined()) {
      #expect(
        abs(sweep.meanLoss - single.meanLoss) <= 1e-5 * single.meanLoss,
        "\(what): \(sweep.meanLoss), not \(single.meanLoss)")
      #expect(abs(sweep.accuracy - single.accuracy) <= 1 / Double(images.count), "\(what)")
    }
  }

  @Test(arguments: Implementation.available)
  func agreesWithSingleEvaluations(_ kernel: Implementation) {
    for hidden in [1, 7, 16, 20, 33, 100, 256] {
      let images = smallImages(count: 83)
      expectAgreement(smallNetwork(images, hidden: hidden), images, kernel, "H = \(hidden)")
    }
    for activation in Activation.allCases {
      let images = smallImages(count: 321, classes: 7)
      let network = smallNetwork(images, hidden: 12, activation: activation)
      expectAgreement(network, images, kernel, activation.rawValue, draws: 30)
    }
  }

  @Test(arguments: Implementation.available)
  func noMoveIsExactlyNoChange(_ kernel: Implementation) {
    let images = smallImages(count: 100)
    let network = smallNetwork(images, hidden: 20)
    let still = Evaluator.evaluate(
      [network.weights], shape: network.shape, activation: .relu, on: images, kernel: kernel)[0]
    let sweep = Evaluator.sweep(
      network, along: directions(network, 2), by: [0.1, 0, -0.0], on: images, kernel: kernel)
    for row in sweep { #expect(row[1] == still && row[2] == still && row[0] != still) }
  }

  @Test(arguments: Activation.allCases)
  func threadsGroupingAndInstructionSetsDoNotShow(_ activation: Activation) throws {
    let images = try #require(MNISTFixture.first(333))
    let shape = Shape(hidden: 20)
    let network = Network(
      shape: shape, activation: activation,
      weights: Initialization.glorotUniform(shape, seed: 1, model: 0))
    let directions = directions(network, 30)
    let lengths = (0..<100).map { 1e-3 * Double($0) }
    let first = Evaluator.sweep(network, along: directions, by: lengths, on: images)
    for kernel in Implementation.fast {
      for threads in [1, 2, 3, 50] {
        let few = Evaluator.sweep(
          network, along: directions, by: [lengths[7], lengths[99]], on: images,
          threads: threads, kernel: kernel)
        #expect(few == first.map { [$0[7], $0[99]] })
        let one = Evaluator.sweep(
          network, along: [directions[29]], by: lengths, on: images, threads: threads,
          kernel: kernel)
        #expect(one == [first[29]])
      }
    }
  }

  @Test(arguments: Implementation.available)
  func overflowIsReported(_ kernel: Implementation) {
    let images = smallImages(count: 20)
    var network = smallNetwork(images, hidden: 6)
    let far = Evaluator.sweep(
      network, along: directions(network, 1), by: [0.1, 1e39], on: images, kernel: kernel)[0]
    #expect(far[0].meanLoss.isFinite && far[1].meanLoss.isNaN)
    network.weights[0] = .infinity
    let broken = Evaluator.sweep(
      network, along: directions(network, 1), by: [0.1], on: images, kernel: kernel)[0]
    #expect(broken[0].meanLoss.isNaN)
  }

  @Test(
    .enabled(
      if: MNISTFixture.folder != nil, "PIPE_TEST_MNIST does not name a folder with the IDX files"))
  func fullMNISTGivesTheSameBitsAndAgrees() throws {
    let images = try #require(MNISTFixture.training)
    let network = try Training.run(
      TrainingPlan(seed: 20_171_107, model: 0, epochs: 1), on: images
    ).network
    let directions = directions(network, 2)
    let sweeps = Implementation.fast.flatMap { kernel in
      (kernel == .fast(.portable) ? [2] : [1, 2]).map {
        Evaluator.sweep(
          network, along: directions, by: [0.01, 0.1], on: images, threads: $0, kernel: kernel)
      }
    }
    #expect(Set(sweeps).count == 1)
    expectAgreement(network, images, .selected, "full MNIST", draws: 2)
  }
}
