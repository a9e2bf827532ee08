import ComputeKernel
import StageInterface

/// The parameter `optimizer`: a rule by name, with the numbers that this rule has.
struct OptimizerParameters: Decodable {
  enum Name: String, Decodable {
    case sgd
    case momentum
    case nesterov
    case rmsprop
    case adam
  }

  var name: Name
  var learningRate: Double
  var momentum: Double?
  var rho: Double?
  var beta1: Double?
  var beta2: Double?
  var epsilon: Double?

  /// The kernel's rule; numbers that the name does not have are ignored, absent ones the default.
  var optimizer: Optimizer {
    switch name {
    case .sgd: .sgd(learningRate: learningRate)
    case .momentum: .momentum(learningRate: learningRate, momentum: momentum ?? 0.9)
    case .nesterov: .nesterov(learningRate: learningRate, momentum: momentum ?? 0.9)
    case .rmsprop:
      .rmsprop(learningRate: learningRate, rho: rho ?? 0.9, epsilon: epsilon ?? 1e-8)
    case .adam:
      .adam(
        learningRate: learningRate, beta1: beta1 ?? 0.9, beta2: beta2 ?? 0.999,
        epsilon: epsilon ?? 1e-8)
    }
  }

  static let declaration = Parameter(
    "optimizer", "How a gradient becomes a step.",
    .variant(
      tag: "name",
      cases: [
        .init("sgd", [learningRate(0.1)]),
        .init(
          "momentum", [learningRate(0.01), decay("momentum", "Share of the last step kept.", 0.9)]),
        .init(
          "nesterov", [learningRate(0.01), decay("momentum", "Share of the last step kept.", 0.9)]),
        .init(
          "rmsprop",
          [learningRate(0.001), decay("rho", "Memory of the squared gradient.", 0.9), epsilon]),
        .init(
          "adam",
          [
            learningRate(0.001), decay("beta1", "Memory of the gradient.", 0.9),
            decay("beta2", "Memory of the squared gradient.", 0.999), epsilon,
          ]),
      ]),
    default: .object([
      "name": .string("adam"), "learningRate": .number(0.001), "beta1": .number(0.9),
      "beta2": .number(0.999), "epsilon": .number(1e-8),
    ]))

  private static func learningRate(_ value: Double) -> Parameter {
    Parameter(
      "learningRate", "Length of a step per gradient.", .number(.positive(to: 1e6)),
      default: .number(value))
  }

  private static func decay(_ name: String, _ summary: String, _ value: Double) -> Parameter {
    Parameter(
      name, summary, .number(NumberRange(from: 0, to: 1, includesUpper: false)),
      default: .number(value))
  }

  private static let epsilon = Parameter(
    "epsilon", "Added to the root that a step is divided by.", .number(.positive(to: 1)),
    default: .number(1e-8))
}
