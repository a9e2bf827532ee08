package import ComputeKernel
package import StageInterface

/// On which images of a model something is measured: the parameter `on`.
package enum MeasuredImages: String, Sendable, Decodable, CaseIterable {
  case train
  case evaluation

  /// As the kinds that measure declare it.
  package static let declaration = Parameter(
    "on", "Where losses are measured: the training images or the evaluation set.",
    .choice(allCases.map(\.rawValue)), default: .string("train"))
}

extension ImageLibrary {
  /// The training images or the evaluation set of a model with `selection`.
  package func images(
    _ which: MeasuredImages, of selection: DataSelection
  ) throws(ExperimentError) -> LabelledImages {
    switch which {
    case .train: try trainingImages(selection)
    case .evaluation: try evaluationImages(selection)
    }
  }
}
