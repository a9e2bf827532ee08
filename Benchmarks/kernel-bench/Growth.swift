import ComputeKernel

/// How the time of training and of evaluation grows with each of the sizes.
///
/// Each table changes one size and keeps the others: 20 hidden units, all images, one thread.
struct Growth {
  let images: LabelledImages

  func printTables() {
    printNetworks()
    printHiddenUnits()
    printImages()
    printThreads()
  }

  private func printNetworks() {
    GrowthTable("networks, evaluated together", [1, 5, 10, 20, 50, 100]) { evaluation($0) }.print()
    GrowthTable("networks, trained for an epoch", [1, 2, 4]) { training($0) }.print()
  }

  private func printHiddenUnits() {
    let sizes = [10, 20, 40, 80, 160]
    GrowthTable("hidden units, 20 networks evaluated", sizes) { evaluation(20, hidden: $0) }.print()
    GrowthTable("hidden units, trained for an epoch", sizes) { training(1, hidden: $0) }.print()
  }

  private func printImages() {
    let sizes = [8, 4, 2, 1].map { images.count / $0 }
    let subsets = Dictionary(uniqueKeysWithValues: sizes.map { ($0, images.first($0)) })
    GrowthTable("images, 20 networks evaluated", sizes) {
      evaluation(20, on: subsets[$0] ?? images)
    }.print()
    GrowthTable("images, trained for an epoch", sizes) {
      training(1, on: subsets[$0] ?? images)
    }.print()
  }

  private func printThreads() {
    ScalingTable("threads, one set of images shared, 20 networks evaluated") {
      evaluate(20, threads: $0)
    } share: { _ in
      1
    }.print()
    ScalingTable("threads, each evaluating 20 networks") { threads in
      _ = Workers.map(threads, threads: threads) { _ in evaluate(20) }
    } share: {
      $0
    }.print()
    ScalingTable("threads, each training a network for an epoch") { threads in
      train(threads, threads: threads)
    } share: {
      $0
    }.print()
    printThreadsOfMeasures()
  }

  private func printThreadsOfMeasures() {
    let shape = Shape(hidden: 20)
    let network = Network(
      shape: shape, activation: .relu,
      weights: Initialization.glorotUniform(shape, seed: 1, model: 0))
    let v = [Double](repeating: 0.01, count: shape.parameterCount)
    let measures: [(name: String, measure: (Measures) -> Void)] = [
      ("gradient", { _ = $0.gradient }), ("Hessian times vector", { _ = $0.hessian(times: v) }),
      ("closed forms", { _ = $0.closedForms }), ("margins", { _ = $0.margins }),
    ]
    for (name, measure) in measures {
      ScalingTable("threads, one set of images shared, \(name)") {
        measure(Measures(network, on: images, threads: $0))
      } share: { _ in
        1
      }.print()
    }
  }

  private func evaluation(
    _ networks: Int, hidden: Int = 20, on subset: LabelledImages? = nil, threads: Int = 1
  ) -> Measurement {
    Measurement(repetitions: 3) {
      evaluate(networks, hidden: hidden, on: subset ?? images, threads: threads)
    }
  }

  private func evaluate(
    _ networks: Int, hidden: Int = 20, on subset: LabelledImages? = nil, threads: Int = 1
  ) {
    let shape = Shape(hidden: hidden)
    let sets = (0..<networks).map {
      Initialization.glorotUniform(shape, seed: 1, model: UInt32($0))
    }
    _ = Evaluator.evaluate(
      sets, shape: shape, activation: .relu, on: subset ?? images, threads: threads)
  }

  private func training(
    _ networks: Int, hidden: Int = 20, on subset: LabelledImages? = nil
  ) -> Measurement {
    Measurement(repetitions: 3) { train(networks, hidden: hidden, on: subset ?? images) }
  }

  private func train(
    _ networks: Int, hidden: Int = 20, on subset: LabelledImages? = nil, threads: Int = 1
  ) {
    _ = Workers.map(networks, threads: threads) { model in
      let plan = TrainingPlan(seed: 1, model: UInt32(model), hidden: hidden, epochs: 1)
      return (try? Training.run(plan, on: subset ?? images))?.steps
    }
  }
}

extension LabelledImages {
  /// The first `count` images as a set of their own, with everything derived from them.
  fileprivate func first(_ count: Int) -> LabelledImages {
    if count == self.count { return self }
    let subset = LabelledImages(
      pixels: Array(pixels.prefix(count * pixelsPerImage)), labels: Array(labels.prefix(count)))
    subset.prepare()
    return subset
  }
}
