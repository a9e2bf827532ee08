import Experiment
import StageInterface

/// The parameters of kind `perturb`.
struct PerturbParameters: Decodable {
  var kind: Direction.Kind
  var sigma: Sigmas
  var draws: Int
  var firstDraw: Int
  var antithetic: Bool
  var scope: Direction.Scope
  var on: MeasuredImages

  static let declarations = [
    Parameter(
      "kind",
      "Direction of a move: gaussian, uniform on ±1, relative (times the size of each weight), "
        + "filter (rescaled to the norm of each unit's weights), sphere (rescaled to length 1).",
      .choice(Direction.Kind.allCases.map(\.rawValue)), default: .string("gaussian")),
    Parameter(
      "sigma",
      "Length of a move along its direction; a list of lengths shares most of the work among them.",
      .oneOrMore(of: .number(NumberRange(from: 0, to: 1e6)), count: 1...1000),
      default: .number(0.01)),
    Parameter(
      "draws", "Number of random directions.", .integer(1...1_000_000), default: .integer(20)),
    Parameter(
      "firstDraw",
      "Number of the first direction; another block of numbers is an independent repeat.",
      .integer(0...4_000_000_000), default: .integer(0)),
    Parameter(
      "antithetic", "Whether each direction is also taken backwards.", .boolean,
      default: .boolean(false)),
    Parameter(
      "scope", "What is moved: everything, or one layer with its biases.",
      .choice(Direction.Scope.allCases.map(\.rawValue)), default: .string("all")),
    MeasuredImages.declaration,
  ]

  /// A σ that stands in the list twice.
  static func problems(in parameters: ParameterValue) -> [ParameterProblem] {
    guard case .list(let sigmas) = parameters[path: "sigma"], Set(sigmas).count < sigmas.count
    else { return [] }
    return [ParameterProblem(path: "sigma", message: "names a length twice")]
  }
}
