import ComputeKernel

extension Benchmarks {
  /// Every measure of one trained network.
  ///
  /// - Parameters:
  ///   - hidden: its hidden units.
  ///   - threads: how many cores to use.
  func measures(hidden: Int, threads: Int = 1) {
    var plan = TrainingPlan(seed: 1, model: 0, hidden: hidden, epochs: 1)
    plan.batch = 128
    guard let network = try? Training.run(plan, on: images).network else { return }
    let measures = Measures(network, on: images, threads: threads)
    let n = Double(images.count)
    let H = Double(hidden)
    let suffix = ", H = \(hidden)" + (threads > 1 ? ", \(threads) threads" : "")
    func row(_ name: String, operations: Double, repetitions: Int = 5, _ work: () -> Void) {
      table.row(
        name + suffix, Measurement(repetitions: repetitions, work), operations: operations * n * H)
    }
    let v = [Double](repeating: 0.01, count: network.shape.parameterCount)
    row("closed forms", operations: 3300) { _ = measures.closedForms }
    row("gradient of all images", operations: 3196) { _ = measures.gradient }
    row("Hessian times vector", operations: 4844) { _ = measures.hessian(times: v) }
    row("Hutchinson, 10 probes", operations: 48440, repetitions: 3) {
      _ = measures.hutchinson(probes: 10, seed: 1, model: 0)
    }
    let ascents: [Measures.Ascent] = [.plain(radius: 0.05), .adaptive(radius: 0.05)]
    for block in [nil, 128] {
      row("sam and asam, m = \(block ?? images.count)", operations: 6372) {
        _ = measures.sharpness(ascents, block: block) as [Double]
      }
    }
    row("margins", operations: 1588) { _ = measures.margins }
    row("norms", operations: 0) { _ = WeightNorms(network) }
    row("largest eigenvalue, 10 steps", operations: 48440, repetitions: 3) {
      _ = measures.lambdaMax(seed: 1, model: 0, steps: 10, tolerance: 0)
    }
  }

  /// One network moved by several lengths along several directions.
  func sweep(directions: Int, lengths: Int, hidden: Int) {
    let shape = Shape(hidden: hidden)
    let network = Network(
      shape: shape, activation: .relu,
      weights: Initialization.glorotUniform(shape, seed: 1, model: 0))
    let deltas = (0..<directions).map { draw in
      Initialization.glorotUniform(shape, seed: 2, model: UInt32(draw)).map { Double($0) }
    }
    let sigmas = (1...lengths).map { 0.01 / Double($0) }
    let operations = Double(directions * lengths * images.count) * 1588 * Double(hidden)
    let what = "\(directions) draws × \(lengths) σ, H = \(hidden)"
    table.row(
      "sweep " + what,
      Measurement(repetitions: 3) {
        _ = Evaluator.sweep(network, along: deltas, by: sigmas, on: images)
      }, operations: operations)
  }
}
