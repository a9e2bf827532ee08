import Experiment
import StageInterface

/// The parameters of kind `measure`.
struct MeasureParameters: Decodable {
  var measures: [MeasureName]
  var on: MeasuredImages
  var probes: Int
  var radii: [Double]
  var blocks: [Int]
  var draws: Int

  private static let names = MeasureName.allCases.map(\.rawValue)

  static let declarations = [
    Parameter(
      "measures", "What to measure; the columns of the table are in this order.",
      .list(of: .choice(names), count: 1...names.count),
      default: .list(names.map { .string($0) })),
    MeasuredImages.declaration,
    Parameter(
      "probes", "Random vectors of the measure 'hutchinson'.", .integer(1...1_000_000),
      default: .integer(100)),
    Parameter(
      "radii", "ρ of the measures 'sam' and 'asam'.",
      .list(of: .number(NumberRange(from: 0, to: 1e6)), count: 1...100),
      default: .list([.number(0.05), .number(0.2)])),
    Parameter(
      "blocks",
      "m of m-sharpness: 'sam' and 'asam' are taken on all images at once, and for each m as the "
        + "mean over blocks of m images.",
      .list(of: .integer(1...10_000_000), count: 0...100),
      default: .list([.integer(128), .integer(1024)])),
    Parameter(
      "draws", "Random directions of the measures 'pacSigma' and 'pacSigmaRel'.",
      .integer(1...10_000), default: .integer(10)),
  ]

  /// Names that stand in a list twice: each would be a column twice.
  static func problems(in parameters: ParameterValue) -> [ParameterProblem] {
    ["measures", "radii", "blocks"].compactMap { name in
      guard case .list(let elements) = parameters[path: name],
        Set(elements).count < elements.count
      else { return nil }
      return ParameterProblem(path: name, message: "names something twice")
    }
  }
}
