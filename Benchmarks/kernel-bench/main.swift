import ComputeKernel
import Foundation

// Times of the compute kernel on this machine; `Arguments` has the usage, Benchmarks/README.md what
// the figures mean. The instruction set is the one the kernel would take;
// PIPE_KERNEL=portable|avx2|avx512 asks for another.

guard let arguments = Arguments(Array(CommandLine.arguments.dropFirst())) else {
  print(Arguments.usage)
  exit(64)
}
if let refusal = KernelVariant.refusedWish {
  print("error: \(refusal)")
  exit(64)
}
if arguments.words.contains("cores") {
  print(MachinePeak.cores(for: ProcessInfo.processInfo.activeProcessorCount))
  exit(0)
}
let images: LabelledImages
let testImages: LabelledImages
do {
  let folder = IDXFolder(path: arguments.folder)
  images = try folder.images("train")
  testImages = try folder.images("t10k")
} catch {
  print("error: cannot read MNIST in \(arguments.folder): \(error.localizedDescription)")
  exit(1)
}

if arguments.words.contains("job") {
  do {
    print(try arguments.job.run(training: images, test: testImages).json)
  } catch {
    print("error: a network diverged at step \(error.step)")
    exit(1)
  }
} else {
  if arguments.words.contains("rates") { Rates(images: images).printTable() }
  if arguments.words.contains("growth") { Growth(images: images).printTables() }
}
