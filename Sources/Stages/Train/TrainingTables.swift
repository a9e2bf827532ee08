import ComputeKernel
import DataFormats

/// The tables that kind `train` writes.
enum TrainingTables {
  /// One row that says how the model did; "test" is the evaluation set.
  static func metrics(
    model: UInt32, outcome: TrainingOutcome, training: Evaluation, evaluation: Evaluation
  ) -> [UInt8] {
    var table = CSVWriter(columns: [
      "model", "epochs", "steps", "reachedTarget", "trainLoss", "testLoss", "gap",
      "trainAccuracy", "testAccuracy", "errorGap",
    ])
    table.append([
      .integer(Int(model)), .integer(outcome.epochLosses.count), .integer(outcome.steps),
      outcome.reachedTarget.map { .text($0 ? "true" : "false") } ?? .missing,
      .number(training.meanLoss), .number(evaluation.meanLoss),
      .number(evaluation.meanLoss - training.meanLoss),
      .number(training.accuracy), .number(evaluation.accuracy),
      .number(training.accuracy - evaluation.accuracy),
    ])
    return table.bytes
  }

  /// The mean loss per image seen in each epoch, epochs counted from 1.
  static func history(_ outcome: TrainingOutcome) -> [UInt8] {
    var table = CSVWriter(columns: ["epoch", "loss"])
    for (index, loss) in outcome.epochLosses.enumerated() {
      table.append([.integer(index + 1), .number(loss)])
    }
    return table.bytes
  }
}
