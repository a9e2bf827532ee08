import ComputeKernel
import Testing

/// The fast evaluation against the plain one, at every edge of its tiles.
///
/// Tolerance: a hidden sum adds at most 30 products of size ≤ 1 in f32, so losses of size 2 carry
/// an error of some 30 · 2⁻²⁴ ≈ 2e-6; 1e-5 leaves room and finds any wrong term.
@Suite struct FastEvaluationTests {
  static let hiddenSizes = Array(1...33) + [48, 64, 65, 79, 80, 81, 96, 128, 200, 256]

  @Test(arguments: Implementation.fast)
  func agreesWithReferenceForEveryWidth(_ kernel: Implementation) {
    let images = smallImages(count: 83)
    for hidden in Self.hiddenSizes {
      let networks = (0..<3).map { smallNetwork(images, hidden: hidden, model: $0) }
      expectAgreement(networks, images, kernel, "H = \(hidden)")
    }
  }

  @Test(arguments: Implementation.fast, Activation.allCases)
  func agreesWithReferenceForEveryActivation(_ kernel: Implementation, _ activation: Activation) {
    let images = smallImages(count: 100)
    let networks = (0..<5).map {
      smallNetwork(images, hidden: 13, activation: activation, model: $0)
    }
    expectAgreement(networks, images, kernel, activation.rawValue)
  }

  @Test(arguments: Implementation.fast)
  func agreesWithReferenceForEveryNumberOfImages(_ kernel: Implementation) {
    for count in [1, 2, 4, 5, 6, 15, 16, 17, 79, 80, 81, 159, 160, 161, 319, 320, 321] {
      let images = smallImages(count: count)
      expectAgreement([smallNetwork(images, hidden: 9)], images, kernel, "n = \(count)")
    }
  }

  @Test(arguments: Implementation.fast)
  func agreesWithReferenceForEveryNumberOfClasses(_ kernel: Implementation) {
    for classes in 1...16 {
      let images = smallImages(count: 50, classes: classes)
      expectAgreement([smallNetwork(images, hidden: 9)], images, kernel, "\(classes) classes")
    }
  }

  @Test func groupingOfNetworksDoesNotShow() {
    let images = smallImages(count: 500)
    let networks = (0..<53).map { smallNetwork(images, hidden: 20, model: $0).weights }
    let shape = smallNetwork(images, hidden: 20).shape
    let together = Evaluator.evaluate(
      networks, shape: shape, activation: .relu, on: images, threads: 2, keepLosses: true)
    for (weights, evaluation) in zip(networks, together) {
      let alone = Evaluator.evaluate(
        [weights], shape: shape, activation: .relu, on: images, keepLosses: true)
      #expect(alone == [evaluation])
    }
  }

  @Test(arguments: Implementation.available)
  func overflowIsReported(_ kernel: Implementation) {
    let images = smallImages(count: 20)
    let network = smallNetwork(images, hidden: 6)
    for (index, value) in [(0, Float.infinity), (3, .nan), (0, 3e38), (190, .nan)] {
      var weights = network.weights
      weights[index] = value
      weights[network.shape.W2.lowerBound] = value
      let result = Evaluator.evaluate(
        [weights], shape: network.shape, activation: .relu, on: images, kernel: kernel)[0]
      #expect(!result.meanLoss.isFinite, "\(value) at \(index)")
    }
  }

  private func expectAgreement(
    _ networks: [Network], _ images: LabelledImages, _ kernel: Implementation, _ what: String
  ) {
    let sets = networks.map(\.weights)
    let fast = Evaluator.evaluate(
      sets, shape: networks[0].shape, activation: networks[0].activation, on: images,
      keepLosses: true, kernel: kernel)
    let plain = Evaluator.evaluateReference(
      sets, shape: networks[0].shape, activation: networks[0].activation, on: images,
      keepLosses: true)
    for (fast, plain) in zip(fast, plain) {
      #expect(abs(fast.meanLoss - plain.meanLoss) <= 1e-5, "\(what)")
      #expect(fast.accuracy == plain.accuracy, "\(what)")
      let worst = zip(fast.losses ?? [], plain.losses ?? []).map { abs($0 - $1) }.max() ?? 1
      #expect(worst <= 1e-5, "\(what)")
    }
  }
}
