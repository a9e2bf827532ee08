import ComputeKernel

/// Time and rate of each piece of work on one thread, next to the peak of this machine.
///
/// GFLOP count the dense computation (1588·H an image forward, 1608·H backward), so skipping zeros
/// can pass the peak.
struct Rates {
  let images: LabelledImages

  func printTable() {
    let peak = MachinePeak.ofOneCore()
    print(
      "instruction set \(KernelVariant.selected.rawValue), "
        + "FMA peak of one core \(Int(peak)) GFLOP/s, one thread")
    let preparation = Measurement(repetitions: 1) { images.prepare() }
    print("groups and tiles of \(images.count) images: \(Int(preparation.median * 1e3)) ms, once\n")
    ResultTable.header()
    let benchmarks = Benchmarks(images: images, table: ResultTable(peak: peak))
    for hidden in [10, 20, 50, 100, 200] { benchmarks.trainingEpoch(hidden: hidden) }
    for batch in [32, 512] { benchmarks.trainingEpoch(hidden: 20, batch: batch) }
    for networks in [1, 5, 21, 101] { benchmarks.evaluation(networks: networks, hidden: 20) }
    for hidden in [10, 50, 100, 200] { benchmarks.evaluation(networks: 21, hidden: hidden) }
    benchmarks.evaluation(networks: 21, hidden: 20, threads: 2)
    for lengths in [1, 3, 11] { benchmarks.sweep(directions: 20, lengths: lengths, hidden: 20) }
    for hidden in [20, 100] { benchmarks.measures(hidden: hidden) }
    benchmarks.measures(hidden: 20, threads: 2)
  }
}
