import ComputeKernelAVX2
import ComputeKernelAVX512
import ComputeKernelPortable

extension KernelVariant {
  /// Runs fused multiply-adds on registers alone, to measure what this machine could do at best.
  ///
  /// - Parameter rounds: the length of the run.
  /// - Returns: the floating-point operations done, and a number that depends on all of them.
  package func peak(rounds: Int) -> (operations: Double, result: Float) {
    precondition(isSupported, "this processor cannot run the variant \(rawValue)")
    let (operations, result) =
      switch self {
      case .portable:
        (
          ComputeKernelPortable.Loops.peakLoopOperations,
          ComputeKernelPortable.Loops.peakLoop(rounds: rounds)
        )
      case .avx2:
        (
          ComputeKernelAVX2.Loops.peakLoopOperations,
          ComputeKernelAVX2.Loops.peakLoop(rounds: rounds)
        )
      case .avx512:
        (
          ComputeKernelAVX512.Loops.peakLoopOperations,
          ComputeKernelAVX512.Loops.peakLoop(rounds: rounds)
        )
      }
    return (Double(operations) * Double(rounds), result)
  }
}
