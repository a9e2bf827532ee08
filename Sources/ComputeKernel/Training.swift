/// Trains one network.
package enum Training {
  /// Trains `plan` on `images`.
  ///
  /// The outcome is the same bits on every machine, whichever instruction set ran. When the task
  /// around it is cancelled, training ends with the epoch under way, and the outcome is that of
  /// fewer epochs: whoever can be cancelled checks afterwards.
  ///
  /// - Parameters:
  ///   - plan: what to train.
  ///   - images: the training set.
  ///   - kernel: which code computes; a test's business.
  ///   - progress: called after each epoch with the number of epochs done.
  /// - Throws: ``Divergence`` when a loss or a weight is no longer finite.
  /// - Returns: the network and what was seen on the way.
  package static func run(
    _ plan: TrainingPlan, on images: LabelledImages, kernel: Implementation = .selected,
    progress: (_ epoch: Int) -> Void = { _ in }
  ) throws(Divergence) -> TrainingOutcome {
    plan.checkShape(images)
    let start = startingPoint(plan, images)
    switch kernel {
    case .reference:
      return try TrainingLoop.run(
        plan, imageCount: images.count, stepper: ReferenceStepper(plan, on: images, from: start),
        progress: progress)
    case .fast(let variant):
      return try variant.train(plan, on: images, from: start, progress: progress)
    }
  }

  /// The network before its first step.
  package static func startingPoint(_ plan: TrainingPlan, _ images: LabelledImages) -> Network {
    let shape = Shape(inputs: images.pixelsPerImage, hidden: plan.hidden, classes: images.classes)
    return Network(
      shape: shape, activation: plan.activation,
      weights: Initialization.glorotUniform(shape, seed: plan.seed, model: plan.model),
      batchNorm: plan.batchNorm ? BatchNormState(hidden: plan.hidden) : nil)
  }

  /// What takes the steps of `plan` from a given network.
  package static func stepper(
    _ plan: TrainingPlan, on images: LabelledImages, from start: Network, kernel: Implementation
  ) -> any Stepper {
    switch kernel {
    case .reference: ReferenceStepper(plan, on: images, from: start)
    case .fast(let variant): variant.stepper(plan, on: images, from: start)
    }
  }
}
