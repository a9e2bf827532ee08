import ComputeKernel
import Foundation

// Times of the compute kernel on this machine.
//
//     kernel-bench FOLDER
//
// FOLDER holds the four uncompressed IDX files of MNIST. The instruction set is the one the kernel
// would take; PIPE_KERNEL=portable|avx2|avx512 asks for another. GFLOP count the dense computation
// (1588·H an image forward, 1608·H backward), so skipping zeros can pass the machine's peak.

guard CommandLine.arguments.count == 2 else {
  print("usage: kernel-bench FOLDER   (with train-images-idx3-ubyte and its three companions)")
  exit(64)
}
let images: LabelledImages
do {
  images = try IDXFolder(path: CommandLine.arguments[1]).images("train")
} catch {
  print("error: cannot read MNIST in \(CommandLine.arguments[1]): \(error.localizedDescription)")
  exit(1)
}

let variant = KernelVariant.selected
let peakRounds = variant == .portable ? 200_000 : 20_000_000
let peakOperations = variant.peak(rounds: 1).operations * Double(peakRounds)
let peakTimes = Measurement(repetitions: 5) { _ = variant.peak(rounds: peakRounds) }
let peak = peakOperations / peakTimes.least / 1e9
print("instruction set \(variant.rawValue), FMA peak of one core \(Int(peak)) GFLOP/s, one thread")

let preparation = Measurement(repetitions: 1) { images.prepare() }
print("lists and tiles of \(images.count) images: \(Int(preparation.median * 1e3)) ms, once\n")

let table = ResultTable(peak: peak)
ResultTable.header()
let benchmarks = Benchmarks(images: images, table: table)
for hidden in [10, 20, 50, 100, 200] { benchmarks.trainingEpoch(hidden: hidden) }
for batch in [32, 512] { benchmarks.trainingEpoch(hidden: 20, batch: batch) }
for networks in [1, 5, 21, 101] { benchmarks.evaluation(networks: networks, hidden: 20) }
for hidden in [10, 50, 100, 200] { benchmarks.evaluation(networks: 21, hidden: hidden) }
benchmarks.evaluation(networks: 21, hidden: 20, threads: 2)
benchmarks.measures(hidden: 20)
