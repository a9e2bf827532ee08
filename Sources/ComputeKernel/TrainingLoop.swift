import ReproducibleMath

/// Takes optimiser steps; how it computes them is its own affair.
package protocol Stepper {
  /// One step on a batch of image numbers, in their order.
  ///
  /// - Parameters:
  ///   - batch: the images of the step.
  ///   - next: those of the following step, or none; a hint that changes no result.
  /// - Returns: the sum of the losses of the batch before the step.
  mutating func step(_ batch: ArraySlice<Int32>, next: ArraySlice<Int32>) -> Double
  /// The network as it is now.
  func network() -> Network
}

extension Stepper {
  /// One step, with nothing known of the next.
  package mutating func step(_ batch: ArraySlice<Int32>) -> Double { step(batch, next: []) }
}

/// Epochs, shuffles and stop rules around the steps.
enum TrainingLoop {
  static func run(
    _ plan: TrainingPlan, imageCount: Int, stepper: some Stepper,
    progress: (_ epoch: Int) -> Void
  ) throws(Divergence) -> TrainingOutcome {
    var stepper = stepper
    var losses: [Double] = []
    var steps = 0
    var reached = false
    while !reached, losses.count < plan.epochs ?? .max, steps < plan.steps ?? .max,
      !Task.isCancelled
    {
      let epoch = losses.count
      let order = RandomSequence(
        seed: plan.seed, stream: .shuffle, model: plan.model, draw: UInt32(epoch)
      ).shuffled(count: imageCount)
      var sum = 0.0
      var seen = 0
      let batches = batches(plan, imageCount: imageCount)
      let taken = batches.prefix((plan.steps ?? .max) - steps)
      for batch in taken {
        steps += 1
        let next = batch.upperBound..<min(batch.upperBound + plan.batch, imageCount)
        let loss = stepper.step(order[batch], next: order[next])
        guard loss.isFinite else {
          throw Divergence(quantity: .loss, step: steps, epoch: epoch + 1)
        }
        sum += loss
        seen += batch.count
      }
      losses.append(sum / Double(seen))
      progress(epoch + 1)
      if let target = plan.targetTrainLoss, taken.count == batches.count {
        reached = sum / Double(seen) <= target
      }
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
