/// Everything that decides the outcome of training one network, apart from the images.
package struct TrainingPlan: Sendable, Hashable {
  package enum LastBatch: String, Sendable {
    /// The last, smaller batch of an epoch is a step like any other.
    case keep
    /// Images that do not fill a batch are left out of that epoch.
    case drop
  }

  /// The key of all random numbers, and the counter word that tells this network from its fellows.
  package var seed: UInt64
  package var model: UInt32
  package var hidden: Int
  package var activation = Activation.relu
  package var batchNorm = false
  package var optimizer = Optimizer.adam()
  package var batch = 128
  /// Caps; at least one of them is set, and the first that is reached ends the training.
  package var epochs: Int?
  package var steps: Int?
  /// Ends the training after the first epoch whose mean loss is not above it.
  package var targetTrainLoss: Double?
  /// λ of the term λ‖W‖² (weights, not biases) in the objective; never part of reported losses.
  package var l2 = 0.0
  /// ρ of sharpness-aware minimisation: each step uses the gradient at w + ρg/‖g‖; 0 is none.
  package var sharpnessRadius = 0.0
  package var lastBatch = LastBatch.keep

  package init(
    seed: UInt64, model: UInt32, hidden: Int = 20, epochs: Int? = nil, steps: Int? = nil
  ) {
    self.seed = seed
    self.model = model
    self.hidden = hidden
    self.epochs = epochs
    self.steps = steps
  }

  /// A mistake of the caller is stopped at the border, so that inner loops need not look.
  func checkShape(_ images: LabelledImages) {
    precondition(epochs != nil || steps != nil, "training needs a cap: epochs or steps")
    precondition((epochs ?? 0) >= 0 && (steps ?? 0) >= 0, "a cap is not negative")
    precondition(hidden > 0 && batch > 0, "hidden units and batch are positive")
    precondition(images.count > 0, "training needs images")
    precondition(
      lastBatch == .keep || batch <= images.count, "no batch is full, and small ones are dropped")
  }
}
