import ComputeKernel
import DataFormats
import Experiment
import StageTestSupport
import Testing

struct ImageLibraryTests {
  private let dataset = SmallDataset(train: 30, test: 10)

  private func sets() throws -> (training: ImageSet, test: ImageSet) {
    let files = dataset.files
    return (
      try ImageSet(
        images: files["trainImages"] ?? [], labels: files["trainLabels"] ?? [], name: "training"),
      try ImageSet(
        images: files["testImages"] ?? [], labels: files["testLabels"] ?? [], name: "test")
    )
  }

  /// The vector of the paper: which images are used first under subset seed 0.
  @Test func theSubsetOfMNISTIsThePapers() {
    let order = DataSelection(train: 5).order(of: 60_000)
    #expect(Array(order.prefix(5)) == [43174, 51152, 5317, 39157, 58457])
    #expect(Set(order).count == 60_000)
  }

  @Test func aSubsetAndItsPoolAreTheWholeDataset() async throws {
    let (training, test) = try sets()
    let library = ImageLibrary(training: training, test: test)
    let selection = DataSelection(train: 12, subsetSeed: 3, evaluate: .pool)
    let used = try await library.trainingImages(selection)
    let pool = try await library.evaluationImages(selection)
    let order = selection.order(of: 30)
    #expect(used.count == 12)
    #expect(used.labels == order.prefix(12).map { training.labels[Int($0)] })
    #expect(pool.count == 28)
    #expect(pool.labels == order.dropFirst(12).map { training.labels[Int($0)] } + test.labels)
    let first = Int(order[0]) * 784
    #expect(used.pixels.prefix(784) == training.pixels[first..<(first + 784)])
    #expect(pool.pixels.suffix(784) == test.pixels.suffix(784))
    let all = try await library.trainingImages(DataSelection(train: 30, subsetSeed: 3))
    #expect(all.labels.sorted() == training.labels.sorted())
    let pooled = try await library.evaluationImages(DataSelection(train: 30, evaluate: .pool))
    #expect(pooled.labels == test.labels)
  }

  @Test(arguments: [0, 31]) func moreImagesThanThereAreIsAnError(count: Int) async throws {
    let (training, test) = try sets()
    let library = ImageLibrary(training: training, test: test)
    await #expect(throws: ExperimentError.tooFewImages(wanted: count, available: 30)) {
      try await library.trainingImages(DataSelection(train: count))
    }
  }

  @Test func manySelectionsComeOutRight() async throws {
    let (training, test) = try sets()
    let library = ImageLibrary(training: training, test: test)
    for seed in [0, 1, 2, 3, 4, 5, 0, 5, 1] as [UInt64] {
      let selection = DataSelection(train: 7, subsetSeed: seed, evaluate: .pool)
      let images = try await library.trainingImages(selection)
      #expect(images.labels == selection.order(of: 30).prefix(7).map { training.labels[Int($0)] })
      #expect(try await library.evaluationImages(selection).count == 33)
    }
  }

  @Test func filesThatDoNotFitAreRefused() throws {
    let images = IDX(dimensions: [2, 28, 28], elements: Array(repeating: 1, count: 1568))
    let small = IDX(dimensions: [2, 27, 28], elements: Array(repeating: 1, count: 1512))
    let labels = IDX(dimensions: [2], elements: [0, 9])
    let cases: [([UInt8], [UInt8], String)] = [
      (small.encoded(), labels.encoded(), "[2, 27, 28]"),
      (images.encoded(), IDX(dimensions: [1], elements: [0]).encoded(), "[1], expected [2]"),
      (images.encoded(), IDX(dimensions: [2], elements: [0, 10]).encoded(), "above 9"),
      (images.encoded().dropLast(), labels.encoded(), "cut off"),
      (IDX(dimensions: [0, 28, 28], elements: []).encoded(), [0, 0, 8, 1, 0, 0, 0, 0], "[0]"),
    ]
    for (images, labels, reason) in cases {
      let error = #expect(throws: ExperimentError.self) {
        try ImageSet(images: images, labels: labels, name: "test")
      }
      #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }
  }
}
