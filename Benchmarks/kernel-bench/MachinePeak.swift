import ComputeKernel

/// What this machine's fused multiply-adds reach on registers alone.
enum MachinePeak {
  /// Of one core, GFLOP/s.
  static func ofOneCore() -> Double {
    let rounds = rounds * 20
    let operations = KernelVariant.selected.peak(rounds: 1).operations * Double(rounds)
    let times = Measurement(repetitions: 5) { _ = KernelVariant.selected.peak(rounds: rounds) }
    return operations / times.least / 1e9
  }

  /// How many cores so many threads have just now: the rate of all together over that of one.
  ///
  /// A virtual machine's cores may be two halves of one, or shared with others.
  static func cores(for threads: Int) -> Double {
    let variant = KernelVariant.selected
    let rounds = rounds
    let one = Measurement(repetitions: 3) { _ = variant.peak(rounds: rounds) }
    let all = Measurement(repetitions: 3) {
      _ = Workers.map(threads, threads: threads) { _ in variant.peak(rounds: rounds).result }
    }
    return Double(threads) * one.least / all.least
  }

  /// Some two milliseconds.
  private static var rounds: Int { KernelVariant.selected == .portable ? 10_000 : 1_000_000 }
}
