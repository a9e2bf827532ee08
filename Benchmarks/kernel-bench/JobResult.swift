import ComputeKernel
import Foundation

/// How long the parts of a job took, and what came out, under the names that the peers use.
struct JobResult: Encodable {
  let models, epochs, draws, threads: Int
  /// Seconds; `job` is the sum of the parts.
  let job, prepare, train, evaluate, perturb: Double
  let trainLoss, testLoss, trainAccuracy, testAccuracy: Double
  /// Standard deviation of the training loss between models.
  let trainLossSpread: Double
  /// The mean of L(w + σδ) − L(w) over draws, and its mean and standard deviation over models.
  let change, changeSpread: Double
  let instructionSet: String

  init(
    job: DefaultJob, prepare: Double, train: Double, evaluate: Double, perturb: Double,
    training: [Evaluation], test: [Evaluation], moved: [[Double]]
  ) {
    (models, epochs, draws, threads) = (job.models, job.epochs, job.draws, job.threads)
    (self.prepare, self.train, self.evaluate, self.perturb) = (prepare, train, evaluate, perturb)
    self.job = prepare + train + evaluate + perturb
    let losses = training.map(\.meanLoss)
    trainLoss = Self.mean(losses)
    testLoss = Self.mean(test.map(\.meanLoss))
    trainAccuracy = Self.mean(training.map(\.accuracy))
    testAccuracy = Self.mean(test.map(\.accuracy))
    trainLossSpread = Self.spread(losses)
    let changes = zip(moved, losses).map { Self.mean($0) - $1 }
    change = Self.mean(changes)
    changeSpread = Self.spread(changes)
    instructionSet = KernelVariant.selected.rawValue
  }

  /// One line.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let data = try? encoder.encode(self) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  private static func spread(_ values: [Double]) -> Double {
    let centre = mean(values)
    let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    return (squares / Double(max(1, values.count - 1))).squareRoot()
  }
}
