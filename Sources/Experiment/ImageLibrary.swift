package import ComputeKernel
package import StageInterface

/// The images of one dataset, in the selections that branches ask for.
///
/// One library serves all branches of a run; what a selection needs is made once and kept as long as
/// it is among the last few used. A bound matters: a sweep in which each model has a training set of
/// its own would otherwise fill memory with a thousand of them.
package actor ImageLibrary {
  private let training: ImageSet
  private let test: ImageSet
  private var trainingSets = RecentValues<DataSelection, LabelledImages>(capacity: 4)
  private var evaluationSets = RecentValues<DataSelection, LabelledImages>(capacity: 4)

  package init(training: ImageSet, test: ImageSet) {
    self.training = training
    self.test = test
  }

  /// The names of the artifacts that the input `data` of a stage consumes.
  package static let artifacts = ["trainImages", "trainLabels", "testImages", "testLabels"]

  /// The library of the dataset bound to `input`, shared by all branches of a run.
  ///
  /// Whoever computes on images begins here, so this is where a `PIPE_KERNEL` that cannot be obeyed is
  /// told.
  package static func shared(
    _ context: StageContext, input: String = "data"
  ) async throws -> ImageLibrary {
    if let refusal = KernelVariant.refusedWish { throw ExperimentError.kernel(refusal) }
    let files = try artifacts.map { try context.artifact(input, $0) }
    let name = "images " + files.map(\.digest).joined(separator: " ")
    return try await context.shared(name) {
      try ImageLibrary(
        training: ImageSet(
          images: files[0].read(), labels: files[1].read(), name: "training"),
        test: ImageSet(images: files[2].read(), labels: files[3].read(), name: "test"))
    }
  }

  /// The images that a model with `selection` is trained on.
  package func trainingImages(
    _ selection: DataSelection
  ) throws(ExperimentError) -> LabelledImages {
    try check(selection)
    var selection = selection
    selection.evaluate = .test
    return trainingSets.value(for: selection) {
      training.selecting(selection.order(of: training.count).prefix(selection.train))
        .labelledImages
    }
  }

  /// The images that a model with `selection` is evaluated on.
  ///
  /// A pool begins with the training images that were left over, in the order of the selection.
  package func evaluationImages(
    _ selection: DataSelection
  ) throws(ExperimentError) -> LabelledImages {
    try check(selection)
    switch selection.evaluate {
    case .test:
      return evaluationSets.value(for: DataSelection(train: 0)) { test.labelledImages }
    case .pool:
      return evaluationSets.value(for: selection) {
        training.selecting(selection.order(of: training.count).dropFirst(selection.train))
          .appending(test).labelledImages
      }
    }
  }

  /// The number of each image that a model with `selection` is evaluated on, in the same order; nil
  /// where they are simply the test images.
  ///
  /// Test images are numbered from 0 as their file has them, training images follow them.
  package func evaluationNumbers(
    _ selection: DataSelection
  ) throws(ExperimentError) -> [Int64]? {
    try check(selection)
    guard selection.evaluate == .pool else { return nil }
    let unused = selection.order(of: training.count).dropFirst(selection.train)
    return unused.map { Int64(test.count) + Int64($0) } + (0..<Int64(test.count))
  }

  private func check(_ selection: DataSelection) throws(ExperimentError) {
    guard (1...training.count).contains(selection.train) else {
      throw .tooFewImages(wanted: selection.train, available: training.count)
    }
  }
}
