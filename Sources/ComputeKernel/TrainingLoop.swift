import ReproducibleMath

/// Takes optimiser steps; how it computes them is its own affair.
package protocol Stepper {
  /// One step on a batch of image numbers, in their order.
  ///
  /// - Returns: the sum of the losses of the batch before the step.
  mutating func step(_ batch: ArraySlice<Int32>) -> Double
  /// The network as it is now.
  func network() -> Network
}

/// Epochs, shuffles and stop rules around the steps.
enum TrainingLoop {
  static func run(
    _ plan: TrainingPlan, imageCount: Int, stepper: inout some Stepper,
    progress: (_ epoch: Int) -> Void
  ) throws(Divergence) -> TrainingOutcome {
    var losses: [Double] = []
    var steps = 0
    var reached = false
    while !reached, losses.count < plan.epochs ?? .max, steps < plan.steps ?? .max {
      let epoch = losses.count
      let order = RandomSequence(
        seed: plan.seed, stream: .shuffle, model: plan.model, draw: UInt32(epoch)
      ).shuffled(count: imageCount)
      var sum = 0.0
      var seen = 0
      for batch in batches(plan, imageCount: imageCount) where steps < plan.steps ?? .max {
        steps += 1
        let loss = stepper.step(order[batch])
        guard loss.isFinite else {
          throw Divergence(quantity: .loss, step: steps, epoch: epoch + 1)
        }
        sum += loss
        seen += batch.count
      }
      losses.append(sum / Double(seen))
      progress(epoch + 1)
      if let target = plan.targetTrainLoss, sum / Double(seen) <= target { reached = true }
    }
    let network = stepper.network()
    guard network.isFinite else {
      throw Divergence(quantity: .weights, step: steps, epoch: losses.count)
    }
    return TrainingOutcome(
      network: network, epochLosses: losses, steps: steps,
      reachedTarget: plan.targetTrainLoss == nil ? nil : reached)
  }

  /// The batches of an epoch, as ranges of its shuffle.
  private static func batches(_ plan: TrainingPlan, imageCount: Int) -> [Range<Int>] {
    stride(from: 0, to: imageCount, by: plan.batch).compactMap { start in
      let end = min(start + plan.batch, imageCount)
      return end - start < plan.batch && plan.lastBatch == .drop ? nil : start..<end
    }
  }
}
