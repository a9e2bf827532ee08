import ReproducibleMath
package import StageInterface

/// Which images a model is trained on and evaluated on: the parameter `data` of kind `train`.
package struct DataSelection: Sendable, Hashable, Decodable {
  /// What "test" means for a model.
  package enum EvaluationSet: String, Sendable, Decodable, CaseIterable {
    /// The test images.
    case test
    /// Every training image that the model was not trained on, then the test images.
    case pool
  }

  /// Number of training images, n.
  package var train: Int
  /// Key of the random order from which the first n are taken.
  package var subsetSeed: UInt64
  package var evaluate: EvaluationSet

  package init(train: Int, subsetSeed: UInt64 = 0, evaluate: EvaluationSet = .test) {
    self.train = train
    self.subsetSeed = subsetSeed
    self.evaluate = evaluate
  }

  /// As kind `train` declares it.
  package static let declaration = Parameter(
    "data", "What to train on and what to evaluate on.",
    .object([
      Parameter(
        "train", "Number of training images.", .integer(1...10_000_000), default: .integer(60_000)),
      Parameter(
        "subsetSeed",
        "Chooses the training images: the first of a random order that this number determines.",
        .integer(0...Int64.max), default: .integer(0)),
      Parameter(
        "evaluate",
        "The evaluation set: the test images, or the pool of all images that were not trained on.",
        .choice(EvaluationSet.allCases.map(\.rawValue)), default: .string("test")),
    ]),
    default: .object([
      "train": .integer(60_000), "subsetSeed": .integer(0), "evaluate": .string("test"),
    ]))

  /// All of `count` training images in the order of this selection: the first ``train`` are used.
  ///
  /// Even when all are used they are in this order, which is what an epoch's shuffle begins with.
  package func order(of count: Int) -> [Int32] {
    RandomSequence(seed: subsetSeed, stream: .subset).shuffled(count: count)
  }
}
