import ComputeKernelAVX2
import ComputeKernelAVX512
import ComputeKernelPortable

/// The one place where a variant's name becomes its code.
extension KernelVariant {
  /// The loop is compiled for each variant: a step by way of `any Stepper` looks types up at run time.
  func train(
    _ plan: TrainingPlan, on images: LabelledImages, from start: Network,
    progress: (_ epoch: Int) -> Void
  ) throws(Divergence) -> TrainingOutcome {
    precondition(isSupported, "this processor cannot run the variant \(rawValue)")
    let count = images.count
    switch self {
    case .portable:
      return try TrainingLoop.run(
        plan, imageCount: count,
        stepper: FastStepper<ComputeKernelPortable.Loops>(plan, on: images, from: start),
        progress: progress)
    case .avx2:
      return try TrainingLoop.run(
        plan, imageCount: count,
        stepper: FastStepper<ComputeKernelAVX2.Loops>(plan, on: images, from: start),
        progress: progress)
    case .avx512:
      return try TrainingLoop.run(
        plan, imageCount: count,
        stepper: FastStepper<ComputeKernelAVX512.Loops>(plan, on: images, from: start),
        progress: progress)
    }
  }

  func stepper(
    _ plan: TrainingPlan, on images: LabelledImages, from start: Network
  ) -> any Stepper {
    precondition(isSupported, "this processor cannot run the variant \(rawValue)")
    switch self {
    case .portable:
      return FastStepper<ComputeKernelPortable.Loops>(plan, on: images, from: start)
    case .avx2: return FastStepper<ComputeKernelAVX2.Loops>(plan, on: images, from: start)
    case .avx512: return FastStepper<ComputeKernelAVX512.Loops>(plan, on: images, from: start)
    }
  }

  func evaluate(
    _ weightSets: [[Float]], shape: Shape, activation: Activation, on images: LabelledImages,
    threads: Int, keepLosses: Bool
  ) -> [Evaluation] {
    precondition(isSupported, "this processor cannot run the variant \(rawValue)")
    switch self {
    case .portable:
      return FastEvaluation<ComputeKernelPortable.Loops>(
        shape: shape, activation: activation, images: images, threads: threads
      ).run(weightSets, keepLosses: keepLosses)
    case .avx2:
      return FastEvaluation<ComputeKernelAVX2.Loops>(
        shape: shape, activation: activation, images: images, threads: threads
      ).run(weightSets, keepLosses: keepLosses)
    case .avx512:
      return FastEvaluation<ComputeKernelAVX512.Loops>(
        shape: shape, activation: activation, images: images, threads: threads
      ).run(weightSets, keepLosses: keepLosses)
    }
  }

  func sweep(
    _ network: Network, _ directions: [[Double]], _ lengths: [Double], on images: LabelledImages,
    threads: Int
  ) -> [[Evaluation]] {
    precondition(isSupported, "this processor cannot run the variant \(rawValue)")
    switch self {
    case .portable:
      return FastSweep<ComputeKernelPortable.Loops>(
        network: network, images: images, threads: threads
      ).run(directions, lengths)
    case .avx2:
      return FastSweep<ComputeKernelAVX2.Loops>(
        network: network, images: images, threads: threads
      ).run(directions, lengths)
    case .avx512:
      return FastSweep<ComputeKernelAVX512.Loops>(
        network: network, images: images, threads: threads
      ).run(directions, lengths)
    }
  }

  func surface(
    _ shape: Shape, _ activation: Activation, _ images: LabelledImages
  ) -> any LossSurface {
    precondition(isSupported, "this processor cannot run the variant \(rawValue)")
    switch self {
    case .portable: return FastSurface<ComputeKernelPortable.Loops>(shape, activation, images)
    case .avx2: return FastSurface<ComputeKernelAVX2.Loops>(shape, activation, images)
    case .avx512: return FastSurface<ComputeKernelAVX512.Loops>(shape, activation, images)
    }
  }
}
