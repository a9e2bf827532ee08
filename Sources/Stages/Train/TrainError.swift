package import ComputeKernel

/// Why a training has no result.
package enum TrainError: Error, Equatable, CustomStringConvertible {
  case diverged(Divergence, learningRate: Double)
  /// Training stayed finite, but the loss on `images` does not.
  case overflowed(images: String, learningRate: Double)

  package var description: String {
    switch self {
    case .diverged(let divergence, let learningRate):
      "\(divergence.quantity == .loss ? "loss" : "weights") became non-finite at step "
        + "\(divergence.step)\n\(Self.hint(learningRate))"
    case .overflowed(let images, let learningRate):
      "the mean loss on the \(images) images is not finite\n\(Self.hint(learningRate))"
    }
  }

  private static func hint(_ learningRate: Double) -> String {
    "hint: lower 'optimizer.learningRate' (now \(learningRate))"
  }
}
