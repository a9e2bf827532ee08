import ComputeKernelAVX2
import ComputeKernelAVX512
import ComputeKernelPortable

/// The one place where a variant's name becomes its code.
extension KernelVariant {
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
}
