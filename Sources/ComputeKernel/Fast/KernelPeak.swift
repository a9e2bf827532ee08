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
    let operations = Double(ComputeKernelPortable.Loops.peakLoopOperations) * Double(rounds)
    switch self {
    case .portable: return (operations, ComputeKernelPortable.Loops.peakLoop(rounds: rounds))
    case .avx2: return (operations, ComputeKernelAVX2.Loops.peakLoop(rounds: rounds))
    case .avx512: return (operations, ComputeKernelAVX512.Loops.peakLoop(rounds: rounds))
    }
  }
}
