import ComputeKernel
import DataFormats
import Experiment
import StageInterface
import StageTestSupport
import Testing
import Train

struct TrainStageTests {
  private let dataset = SmallDataset(train: 60, test: 20)

  private func run(
    _ parameters: [String: ParameterValue], harness: StageHarness = StageHarness(), cores: Int = 1
  ) async throws -> StageHarness {
    let small: [String: ParameterValue] = [
      "data": .object(["train": .integer(60)]), "hidden": .integer(5), "batch": .integer(16),
      "epochs": .integer(4),
    ]
    let context = harness.context(
      TrainStage.self, parameters: .object(small.merging(parameters) { $1 }),
      inputs: ["data": dataset.files], cores: cores)
    try await TrainStage().run(context)
    return harness
  }

  private func metrics(_ harness: StageHarness) throws -> CSVTable {
    try CSVTable(parsing: harness.outputs["metrics"] ?? [])
  }

  @Test func everyOutputIsWritten() async throws {
    let harness = try await run(["model": .integer(3)])
    #expect(harness.outputs.keys.sorted() == ["exampleLosses", "history", "metrics", "weights"])

    let model = try TrainedModel(parsing: harness.outputs["weights"] ?? [])
    #expect((model.seed, model.model) == (20_171_107, 3))
    #expect(model.network.shape == Shape(hidden: 5))

    let metrics = try metrics(harness)
    #expect(
      metrics.columns == [
        "model", "epochs", "steps", "reachedTarget", "trainLoss", "testLoss", "gap",
        "trainAccuracy", "testAccuracy", "errorGap",
      ])
    #expect(metrics.rowCount == 1)
    #expect(try metrics.integers("model") == [3])
    #expect(try metrics.integers("steps") == [16])
    #expect(try metrics.strings("reachedTarget") == [""])
    let (trainLoss, testLoss) = (try metrics.doubles("trainLoss"), try metrics.doubles("testLoss"))
    #expect(try metrics.doubles("gap") == [testLoss[0] - trainLoss[0]])

    let file = try Safetensors(parsing: harness.outputs["exampleLosses"] ?? [])
    let losses = try file.floats("evaluation", shape: [20])
    #expect(abs(losses.reduce(0) { $0 + Double($1) } / 20 - testLoss[0]) < 1e-12)

    let history = try CSVTable(parsing: harness.outputs["history"] ?? [])
    #expect(try history.integers("epoch") == [1, 2, 3, 4])
    let epochLosses = try history.doubles("loss")
    #expect(epochLosses[3] < epochLosses[0])
    #expect(harness.progress.map(\.completed) == [1, 2, 3, 4])
    #expect(harness.progress.allSatisfy { $0.total == 4 && $0.unit == "epochs" })
  }

  @Test func theWholeConfigurationIsStoredWithTheWeights() async throws {
    let harness = try await run(["l2": .number(0.5), "targetTrainLoss": .number(0.001)])
    let metadata = try Safetensors(parsing: harness.outputs["weights"] ?? []).metadata
    let expected = [
      "activation": "relu", "batch": "16", "batchNorm": "false", "bias": "zeros",
      "data.evaluate": "test", "data.subsetSeed": "0", "data.train": "60", "epochs": "4",
      "hidden": "5", "init": "glorot_uniform", "l2": "0.5", "lastBatch": "keep", "model": "0",
      "optimizer":
        #"{"beta1":0.9,"beta2":0.999,"epsilon":1e-08,"learningRate":0.001,"name":"adam"}"#,
      "seed": "20171107", "sharpness": "0.0", "shuffle": "epoch", "targetTrainLoss": "0.001",
    ]
    #expect(metadata.filter { !$0.key.hasPrefix("digest.") } == expected)
    #expect(
      metadata.keys.filter { $0.hasPrefix("digest.") }.sorted() == [
        "digest.testImages", "digest.testLabels", "digest.trainImages", "digest.trainLabels",
      ])
  }

  @Test func theBytesDependOnTheParametersAlone() async throws {
    let first = try await run([:])
    let second = try await run([:], cores: 2)
    #expect(first.outputs == second.outputs)
    let other = try await run(["model": .integer(1)])
    #expect(first.outputs["weights"] != other.outputs["weights"])
  }

  @Test func branchesShareTheImages() async throws {
    let harness = StageHarness()
    for model in 0..<3 { _ = try await run(["model": .integer(Int64(model))], harness: harness) }
    #expect(harness.sharedCount == 1)
  }

  @Test(arguments: ["sgd", "momentum", "nesterov", "rmsprop", "adam"])
  func everyOptimizerLearns(name: String) async throws {
    let harness = try await run([
      "optimizer": .object(["name": .string(name)]), "epochs": .integer(8),
    ])
    let losses = try CSVTable(parsing: harness.outputs["history"] ?? []).doubles("loss")
    #expect(losses[7] < losses[0])
  }

  @Test func stepsReplaceEpochs() async throws {
    let harness = try await run(["steps": .integer(9)])
    let metadata = try Safetensors(parsing: harness.outputs["weights"] ?? []).metadata
    #expect(metadata["steps"] == "9" && metadata["epochs"] == nil)
    let metrics = try metrics(harness)
    #expect(try metrics.integers("steps") == [9])
    #expect(try metrics.integers("epochs") == [3])
    #expect(harness.progress.allSatisfy { $0.total == 3 })
  }

  @Test func aTargetEndsTheTrainingEarlierOrIsReportedAsMissed() async throws {
    let reached = try metrics(
      await run(["targetTrainLoss": .number(2.2), "epochs": .integer(200)]))
    #expect(try reached.strings("reachedTarget") == ["true"])
    #expect(try reached.integers("epochs")[0] < 200)
    let missed = try metrics(await run(["targetTrainLoss": .number(1e-9)]))
    #expect(try missed.strings("reachedTarget") == ["false"])
    #expect(try missed.integers("epochs") == [4])
  }

  @Test func aBatchNormalisedNetworkIsStoredAsItIsEvaluated() async throws {
    let harness = try await run(["batchNorm": .boolean(true)])
    let model = try TrainedModel(parsing: harness.outputs["weights"] ?? [])
    #expect(model.metadata["folded"] == "true")
    let test = try ImageSet(
      images: dataset.files["testImages"] ?? [], labels: dataset.files["testLabels"] ?? [],
      name: "test")
    let again = Evaluator.evaluate(
      [model.network.weights], shape: model.network.shape, activation: model.network.activation,
      on: test.labelledImages)
    #expect(try metrics(harness).doubles("testLoss") == [again[0].meanLoss])
  }

  @Test func thePoolIsWhatWasNotTrainedOn() async throws {
    let harness = try await run([
      "data": .object(["train": .integer(25), "evaluate": .string("pool")])
    ])
    let losses = try Safetensors(parsing: harness.outputs["exampleLosses"] ?? [])
    #expect(losses.tensors["evaluation"]?.shape == [55])
    let images = try #require(losses.tensors["images"]?.integers)
    // Test images from 0, training images behind them.
    #expect(Array(images.suffix(20)) == Array(0..<20))
    let unused = DataSelection(train: 25).order(of: 60).dropFirst(25).map { Int64($0) + 20 }
    #expect(Array(images.prefix(35)) == unused)
    let plain = try await run([:])
    let file = try Safetensors(parsing: plain.outputs["exampleLosses"] ?? [])
    #expect(file.tensors.keys.sorted() == ["evaluation"])
  }

  @Test func divergenceIsAnErrorWithAStepAndAHint() async throws {
    let optimizer: ParameterValue = .object([
      "name": .string("sgd"), "learningRate": .number(1e6),
    ])
    let error = await #expect(throws: TrainError.self) {
      // The weights grow by a factor of −2·10¹² with each step.
      try await run(["optimizer": optimizer, "l2": .number(1e6), "epochs": .integer(100)])
    }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("loss became non-finite at step "), "\(text)")
    #expect(text.hasSuffix("\nhint: lower 'optimizer.learningRate' (now 1000000.0)"))
  }

  @Test func moreImagesThanThereAreIsAnError() async throws {
    await #expect(throws: ExperimentError.tooFewImages(wanted: 61, available: 60)) {
      try await run(["data": .object(["train": .integer(61)])])
    }
  }
}
