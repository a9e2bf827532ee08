import ComputeKernel
import DataFormats
import Experiment
import Perturb
import StageInterface
import StageTestSupport
import Testing

struct PerturbStageTests {
  private let dataset = SmallDataset(train: 40, test: 12)

  /// A weights file, trained or rather made up on `dataset`.
  private func weights(
    alpha: Float = 1, on dataset: SmallDataset? = nil, evaluate: String = "test"
  ) throws -> [UInt8] {
    let shape = Shape(hidden: 4)
    var weights = Initialization.glorotUniform(shape, seed: 5, model: 7)
    for k in shape.b1 { weights[k] = 0.125 }
    for k in 0..<shape.W2.lowerBound { weights[k] *= alpha }
    for k in shape.W2 { weights[k] /= alpha }
    let context = StageHarness().context(
      PerturbStage.self, inputs: ["data": (dataset ?? self.dataset).files])
    var metadata = try TrainedModel.dataDigests(context)
    metadata.merge([
      "seed": "42", "model": "7", "hidden": "4", "activation": "relu", "data.train": "30",
      "data.subsetSeed": "1", "data.evaluate": evaluate,
    ]) { $1 }
    let network = Network(shape: shape, activation: .relu, weights: weights)
    return try TrainedModel(network: network, metadata: metadata).encoded()
  }

  private func table(
    _ parameters: [String: ParameterValue] = [:], weights: [UInt8]? = nil, cores: Int = 1
  ) async throws -> CSVTable {
    let harness = StageHarness()
    let context = harness.context(
      PerturbStage.self, parameters: .object(parameters),
      inputs: ["data": dataset.files, "model": ["weights": try weights ?? self.weights()]],
      cores: cores)
    try await PerturbStage().run(context)
    #expect(harness.progress.last.map { $0.completed == $0.total } == true)
    return try CSVTable(parsing: harness.outputs["losses"] ?? [])
  }

  @Test func oneRowIsWrittenForEachDraw() async throws {
    let table = try await table()
    #expect(
      Array(table.columns.prefix(7))
        == ["model", "draw", "sign", "sigma", "baseline", "loss", "change"])
    #expect(try table.integers("draw") == Array(0..<20))
    #expect(try Set(table.integers("model")) == [7])
    #expect(try Set(table.strings("sign")) == ["+"])
    #expect(try Set(table.doubles("sigma")) == [0.01])
    #expect(try Set(table.doubles("baseline")).count == 1)
    let (baseline, losses) = (try table.doubles("baseline"), try table.doubles("loss"))
    #expect(try table.doubles("change") == zip(losses, baseline).map { $0 - $1 })
    #expect(Set(losses).count == 20)
  }

  @Test func theLossIsThatOfTheMovedWeights() async throws {
    let model = try TrainedModel(parsing: weights())
    let set = try ImageSet(
      images: dataset.files["trainImages"] ?? [], labels: dataset.files["trainLabels"] ?? [],
      name: "training")
    let images = set.selecting(model.selection.order(of: 40).prefix(30)).labelledImages
    let direction = Direction(
      .sphere, scope: .W2, of: model.network, seed: 42, model: 7, draw: 3)
    let expected = Evaluator.evaluate(
      [model.network.weights, direction.moving(model.network.weights, by: -2)],
      shape: model.network.shape, activation: .relu, on: images)
    let table = try await table([
      "kind": .string("sphere"), "scope": .string("W2"), "sigma": .number(2), "draws": .integer(1),
      "firstDraw": .integer(3), "antithetic": .boolean(true),
    ])
    #expect(try table.strings("sign") == ["+", "-"])
    #expect(try table.integers("draw") == [3, 3])
    #expect(try table.doubles("baseline") == [expected[0].meanLoss, expected[0].meanLoss])
    #expect(try table.doubles("loss")[1] == expected[1].meanLoss)
  }

  @Test func noMoveIsExactlyNoChange() async throws {
    for kind in Direction.Kind.allCases {
      let table = try await table([
        "sigma": .number(0), "kind": .string(kind.rawValue), "antithetic": .boolean(true),
      ])
      #expect(try table.doubles("change") == Array(repeating: 0, count: 40))
    }
  }

  /// W1, b1 × α and W2 ÷ α is the same function: its losses must change as before, to the bit.
  @Test(arguments: [Direction.Kind.relative, .filter])
  func rescalingChangesNothingForInvariantKinds(kind: Direction.Kind) async throws {
    let parameters: [String: ParameterValue] = [
      "kind": .string(kind.rawValue), "sigma": .number(0.25), "draws": .integer(6),
    ]
    let before = try await table(parameters)
    let after = try await table(parameters, weights: weights(alpha: 4))
    #expect(try before.doubles("loss") == after.doubles("loss"))
    let gaussian: [String: ParameterValue] = ["sigma": .number(0.25), "draws": .integer(6)]
    let plain = try await table(gaussian)
    let scaled = try await table(gaussian, weights: weights(alpha: 4))
    #expect(try plain.doubles("loss") != scaled.doubles("loss"))
  }

  private func sigmas(_ values: Double...) -> ParameterValue {
    .list(values.map { .number($0) })
  }

  /// A list shares a product among its lengths, so its losses agree with single ones by rounding.
  @Test(arguments: Direction.Kind.allCases)
  func aListOfSigmasGivesARowEach(kind: Direction.Kind) async throws {
    let parameters: [String: ParameterValue] = [
      "kind": .string(kind.rawValue), "draws": .integer(3), "antithetic": .boolean(true),
    ]
    func with(_ sigma: ParameterValue) async throws -> CSVTable {
      try await table(parameters.merging(["sigma": sigma]) { $1 })
    }
    let list = try await with(sigmas(0.25, 0, 0.5))
    #expect(try list.integers("draw") == [0, 1, 2].flatMap { Array(repeating: $0, count: 6) })
    #expect(try list.doubles("sigma").prefix(6) == [0.25, 0.25, 0, 0, 0.5, 0.5])
    #expect(try list.strings("sign").prefix(4) == ["+", "-", "+", "-"])
    let rows = try list.doubles("loss")
    for (place, sigma) in [0.25, 0, 0.5].enumerated() {
      let single = try await with(.number(sigma))
      #expect(try single.doubles("baseline")[0] == list.doubles("baseline")[0])
      for (k, loss) in try single.doubles("loss").enumerated() {
        let other = rows[k / 2 * 6 + place * 2 + k % 2]
        #expect(sigma == 0 ? other == loss : abs(other - loss) <= 1e-5 * loss)
      }
    }
    #expect(try list.doubles("change")[2] == 0)
  }

  @Test func groupingOfAListDoesNotMatter() async throws {
    let whole = try await table(["draws": .integer(70), "sigma": sigmas(0.1, 0.2)])
    let part = try await table([
      "draws": .integer(10), "firstDraw": .integer(60), "sigma": sigmas(0.2),
    ])
    let losses = try whole.doubles("loss")
    #expect(try part.doubles("loss") == (60..<70).map { losses[2 * $0 + 1] })
    #expect(
      try await table(["sigma": sigmas(0.1, 0.2)])
        == table(["sigma": sigmas(0.1, 0.2)], cores: 2))
  }

  @Test func aSigmaNamedTwiceIsAProblem() {
    let problems = { PerturbStage.problems(in: .object(["sigma": $0])).map(\.path) }
    #expect(problems(sigmas(0.1, 0.2, 0.1)) == ["sigma"])
    #expect(problems(sigmas(0.1, 0.2)) == [] && problems(.number(0.1)) == [])
  }

  @Test func blocksOfDrawsJoin() async throws {
    let whole = try await table(["draws": .integer(70), "antithetic": .boolean(true)])
    let part = try await table([
      "draws": .integer(10), "firstDraw": .integer(60), "antithetic": .boolean(true),
    ])
    #expect(whole.rowCount == 140)
    #expect(try Array(whole.doubles("loss").suffix(20)) == part.doubles("loss"))
  }

  @Test func coresDoNotMatter() async throws {
    #expect(try await table() == table(cores: 2))
  }

  @Test func theEvaluationSetIsTheModels() async throws {
    let parameters: [String: ParameterValue] = ["on": .string("evaluation"), "draws": .integer(1)]
    let test = try await table(parameters)
    let pool = try await table(parameters, weights: weights(evaluate: "pool"))
    let train = try await table(["draws": .integer(1)])
    let baselines = try [test, pool, train].map { try $0.doubles("baseline")[0] }
    #expect(Set(baselines).count == 3)
  }

  @Test func aDestroyedNetworkIsRecordedNotSkipped() async throws {
    let table = try await table(["sigma": .number(1e6), "kind": .string("gaussian")])
    #expect(table.rowCount == 20)
    #expect(try table.doubles("loss").allSatisfy { $0.isNaN || $0 > 1 })
  }

  @Test func weightsOfOtherDataAreRefused() async throws {
    let other = try weights(on: SmallDataset(train: 41, test: 12))
    let error = await #expect(throws: ExperimentError.self) { try await table(weights: other) }
    #expect(error?.description.contains("trained on other data: digest.") == true)
  }
}
