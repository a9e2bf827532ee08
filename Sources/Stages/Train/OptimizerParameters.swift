import ComputeKernel
import StageInterface

/// The parameter `optimizer`: a rule by name, with the numbers that this rule has.
struct OptimizerParameters: Decodable {
  private enum Name: String, Decodable {
    case sgd
    case momentum
    case nesterov
    case rmsprop
    case adam
  }

  private enum Member: String, CodingKey {
    case name
    case learningRate
    case momentum
    case rho
    case beta1
    case beta2
    case epsilon
  }

  /// As the kernel takes it.
  let rule: Optimizer
  let learningRate: Double

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Member.self)
    let number = { (member: Member) in try members.decode(Double.self, forKey: member) }
    let learningRate = try number(.learningRate)
    self.learningRate = learningRate
    switch try members.decode(Name.self, forKey: .name) {
    case .sgd: rule = .sgd(learningRate: learningRate)
    case .momentum:
      rule = .momentum(learningRate: learningRate, momentum: try number(.momentum))
    case .nesterov:
      rule = .nesterov(learningRate: learningRate, momentum: try number(.momentum))
    case .rmsprop:
      rule = .rmsprop(
        learningRate: learningRate, rho: try number(.rho), epsilon: try number(.epsilon))
    case .adam:
      rule = .adam(
        learningRate: learningRate, beta1: try number(.beta1), beta2: try number(.beta2),
        epsilon: try number(.epsilon))
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

  /// What is said of a number that rounding takes away.
  static let isZero = "is 0 as a 32-bit number, with which networks are trained"

  /// Numbers that are in range, but not as the 32-bit numbers that training computes with.
  static func roundingProblems(in parameters: ParameterValue) -> [ParameterProblem] {
    guard case .object(let members)? = parameters[path: "optimizer"] else { return [] }
    return members.sorted { $0.key < $1.key }.compactMap { name, value in
      guard let value = value.double else { return nil }
      let isStep = name == Member.learningRate.rawValue || name == Member.epsilon.rawValue
      let message: String
      switch Float(value) {
      case 0 where isStep: message = isZero
      case 1 where !isStep: message = "is 1 as a 32-bit number, with which networks are trained"
      default: return nil
      }
      return ParameterProblem(path: "optimizer.\(name)", message: message)
    }
  }

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
