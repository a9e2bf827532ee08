import ComputeKernel
import Testing

/// The training trajectories of the experiment's paper: from O1, step t on images 100·((t−1) mod 10) … +99.
@Suite struct TrajectoryTests {
  struct Trajectory: Sendable, CustomStringConvertible {
    var name: String
    var optimizer: Optimizer
    var l2 = 0.0
    var sharpnessRadius = 0.0
    /// Loss over all 1,000 images after a number of steps.
    var losses: [(step: Int, loss: Double)]
    var description: String { name }
  }

  static let trajectories = [
    Trajectory(
      name: "sgd", optimizer: .sgd(learningRate: 0.1),
      losses: [(1, 2.2314062035402102), (5, 1.9643005235461883), (20, 1.6501272973976693)]),
    Trajectory(
      name: "momentum", optimizer: .momentum(learningRate: 0.01, momentum: 0.9),
      losses: [(1, 2.296017687439228), (5, 2.1626675391562453), (20, 1.6986152156362222)]),
    Trajectory(
      name: "adam", optimizer: .adam(),
      losses: [(1, 2.26208840468357), (5, 2.104205072143497), (20, 1.7536718450788384)]),
    Trajectory(
      name: "nesterov", optimizer: .nesterov(learningRate: 0.01, momentum: 0.9),
      losses: [(1, 2.2840573370452133), (5, 2.1326824907875075), (20, 1.6727730362969213)]),
    Trajectory(
      name: "rmsprop", optimizer: .rmsprop(learningRate: 0.001),
      losses: [(1, 2.2169458765962773), (5, 1.9839191330201922), (20, 1.6922340832790426)]),
    Trajectory(
      name: "sgd with L2", optimizer: .sgd(learningRate: 0.1), l2: 1e-3,
      losses: [(5, 1.9645428170108663)]),
    Trajectory(
      name: "sgd with a SAM step", optimizer: .sgd(learningRate: 0.1), sharpnessRadius: 0.05,
      losses: [(5, 2.0022969804715705)]),
  ]

  @Test(arguments: trajectories, Implementation.available)
  func followsThePaper(_ trajectory: Trajectory, _ kernel: Implementation) throws {
    let images = try #require(MNISTFixture.firstThousand)
    var plan = TrainingPlan(seed: 0, model: 0, steps: 20)
    plan.optimizer = trajectory.optimizer
    plan.l2 = trajectory.l2
    plan.sharpnessRadius = trajectory.sharpnessRadius
    var stepper = Training.stepper(plan, on: images, from: .o1, kernel: kernel)
    for t in 1...20 {
      let first = Int32(100 * ((t - 1) % 10))
      _ = stepper.step(Array(first..<first + 100)[...])
      guard let expected = trajectory.losses.first(where: { $0.step == t })?.loss else { continue }
      let loss = Evaluator.evaluateReference(
        [stepper.network().weights], shape: Network.o1.shape, activation: .relu, on: images)[0]
        .meanLoss
      #expect(abs(loss - expected) <= 1e-5 * expected, "step \(t): \(loss)")
    }
  }
}
