import ComputeKernel
import ReproducibleMath
import Testing

/// The fast measures against the plain f64 ones, at every edge of their batches and strips.
///
/// Tolerance: f32 sums of at most 128 images, totals in f64. A sum that cancels has the error of its
/// largest terms, so vectors are compared by the length of their difference.
@Suite struct FastSurfaceTests {
  @Test(arguments: Implementation.fast)
  func agreesForEveryWidth(_ kernel: Implementation) {
    let images = smallImages(count: 37)
    for hidden in Array(1...33) + [48, 63, 64, 65, 100, 256] {
      expectAgreement(smallNetwork(images, hidden: hidden), images, kernel, "H = \(hidden)")
    }
  }

  @Test(arguments: Implementation.fast, Activation.allCases)
  func agreesForEveryActivation(_ kernel: Implementation, _ activation: Activation) {
    let images = smallImages(count: 150)
    let network = smallNetwork(images, hidden: 13, activation: activation)
    expectAgreement(network, images, kernel, activation.rawValue)
  }

  @Test(arguments: Implementation.fast)
  func agreesForEveryNumberOfImages(_ kernel: Implementation) {
    for count in [1, 2, 15, 16, 17, 127, 128, 129, 255, 1023, 1024, 1025, 2100] {
      let images = smallImages(count: count)
      expectAgreement(smallNetwork(images, hidden: 9), images, kernel, "n = \(count)")
    }
  }

  @Test(arguments: Implementation.fast)
  func agreesForEveryNumberOfClasses(_ kernel: Implementation) {
    for classes in 1...16 {
      let images = smallImages(count: 50, classes: classes)
      expectAgreement(smallNetwork(images, hidden: 9), images, kernel, "\(classes) classes")
    }
  }

  /// A network that is sure of almost every image, where 1 − p would cancel in f32.
  @Test(arguments: Implementation.fast)
  func agreesForASureNetwork(_ kernel: Implementation) throws {
    let images = try #require(MNISTFixture.first(200))
    var plan = TrainingPlan(seed: 3, model: 0, hidden: 20, epochs: 500)
    plan.batch = 20
    let network = try Training.run(plan, on: images).network
    let measures = Measures(network, on: images, kernel: .reference)
    #expect(measures.loss < 1e-3)
    expectAgreement(network, images, kernel, "sure")
  }

  @Test func threadsAndInstructionSetsDoNotShow() throws {
    let images = smallImages(count: 5000)
    for (hidden, activation) in [(20, Activation.relu), (35, .tanh), (9, .sigmoid)] {
      let network = smallNetwork(images, hidden: hidden, activation: activation)
      let v = direction(network)
      let all = Implementation.fast.flatMap { kernel in
        [1, 2, 3, 7].map { Measures(network, on: images, threads: $0, kernel: kernel) }
      }
      let first = all[0]
      let ascents: [Measures.Ascent] = [.plain(radius: 0.05), .adaptive(radius: 0.2)]
      for measures in all {
        #expect(measures.closedForms == first.closedForms)
        #expect(measures.gradient == first.gradient)
        #expect(measures.hessian(times: v) == first.hessian(times: v))
        #expect(measures.margins == first.margins)
        #expect(measures.loss == first.loss)
        for block in [nil, 100, 1024] {
          #expect(
            measures.sharpness(ascents, block: block) as [Double]
              == first.sharpness(ascents, block: block))
        }
      }
    }
  }

  @Test(
    .enabled(
      if: MNISTFixture.folder != nil, "PIPE_TEST_MNIST does not name a folder with the IDX files"))
  func fullMNISTGivesTheSameBitsAndAgrees() throws {
    let images = try #require(MNISTFixture.training)
    let network = try Training.run(
      TrainingPlan(seed: 20_171_107, model: 0, epochs: 1), on: images
    ).network
    let v = direction(network)
    // The portable code takes its time, so it runs once.
    let all = Implementation.fast.flatMap { kernel in
      (kernel == .fast(.portable) ? [2] : [1, 2]).map {
        Measures(network, on: images, threads: $0, kernel: kernel)
      }
    }
    let forms = all.map(\.closedForms)
    let products = all.map { $0.hessian(times: v) }
    let gradients = all.map(\.gradient)
    #expect(Set(forms).count == 1 && Set(products).count == 1 && Set(gradients).count == 1)
    expectAgreement(network, images, .selected, "full MNIST")
  }

  private func direction(_ network: Network) -> [Double] {
    network.weights.indices.map { Elementary.sin(Double($0) + 0.5) }
  }

  private func expectAgreement(
    _ network: Network, _ images: LabelledImages, _ kernel: Implementation, _ what: String
  ) {
    let fast = Measures(network, on: images, threads: 2, kernel: kernel)
    let plain = Measures(network, on: images, threads: 2, kernel: .reference)
    let (a, b) = (fast.closedForms, plain.closedForms)
    for (value, expected, name) in [
      (a.loss, b.loss, "loss"), (a.traceW1, b.traceW1, "traceW1"),
      (a.traceW2, b.traceW2, "traceW2"), (a.relTrace, b.relTrace, "relTrace"),
      (a.relFlat, b.relFlat, "relFlat"), (a.gradVar, b.gradVar, "gradVar"),
    ] {
      #expect(
        abs(value - expected) <= 1e-5 * abs(expected) + 1e-7,
        "\(what), \(name): \(value), not \(expected)")
    }
    let v = direction(network)
    expectAgreement(fast.gradient, plain.gradient, "\(what), gradient")
    expectAgreement(fast.hessian(times: v), plain.hessian(times: v), "\(what), Hessian")
    let margins = zip(fast.margins, plain.margins).map { abs($0 - $1) }
    #expect(margins.allSatisfy { $0 <= 1e-5 || $0.isNaN }, "\(what), margins")
  }

  private func expectAgreement(_ fast: [Double], _ plain: [Double], _ what: String) {
    let error = length(zip(fast, plain).map { $0 - $1 })
    #expect(error <= 1e-5 * length(plain) + 1e-7, "\(what): \(error) of \(length(plain))")
  }

  private func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
