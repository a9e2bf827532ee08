import ComputeKernel

/// The pieces of work that are measured.
struct Benchmarks {
  let images: LabelledImages
  let table: ResultTable

  /// One epoch of Adam.
  func trainingEpoch(hidden: Int, batch: Int = 128) {
    var plan = TrainingPlan(seed: 1, model: 0, hidden: hidden, epochs: 1)
    plan.batch = batch
    let times = Measurement(repetitions: 3) { _ = try? Training.run(plan, on: images) }
    table.row(
      "train 1 epoch, H = \(hidden), batch \(batch)", times,
      operations: Double(images.count) * 3196 * Double(hidden))
  }

  /// The losses of several networks.
  func evaluation(networks: Int, hidden: Int, threads: Int = 1) {
    let shape = Shape(hidden: hidden)
    let sets = (0..<networks).map {
      Initialization.glorotUniform(shape, seed: 1, model: UInt32($0))
    }
    let times = Measurement(repetitions: 5) {
      _ = Evaluator.evaluate(
        sets, shape: shape, activation: .relu, on: images, threads: threads)
    }
    table.row(
      "evaluate \(networks) networks, H = \(hidden)" + (threads > 1 ? ", \(threads) threads" : ""),
      times, operations: Double(networks * images.count) * 1588 * Double(hidden))
  }
}
