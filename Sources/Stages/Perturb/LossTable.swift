import DataFormats
import Experiment

/// The table that kind `perturb` writes: one row a move.
///
/// A loss that overflowed is written as `inf` or `nan`, never left out.
struct LossTable {
  private var table = CSVWriter(columns: [
    "model", "draw", "sign", "sigma", "baseline", "loss", "change", "kind", "scope", "on",
  ])
  private let model: UInt32
  private let parameters: PerturbParameters

  init(model: UInt32, parameters: PerturbParameters) {
    self.model = model
    self.parameters = parameters
  }

  var bytes: [UInt8] { table.bytes }

  mutating func append(_ move: Move, baseline: Double, loss: Double) {
    table.append([
      .integer(Int(model)), .integer(move.draw), .text(move.isForward ? "+" : "-"),
      .number(move.sigma), .number(baseline), .number(loss), .number(loss - baseline),
      .text(parameters.kind.rawValue), .text(parameters.scope.rawValue),
      .text(parameters.on.rawValue),
    ])
  }
}
