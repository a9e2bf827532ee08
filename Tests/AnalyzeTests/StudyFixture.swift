import Analyze
import DataFormats
import Findings
import ReproducibleMath
import StageInterface
import StageTestSupport

/// Inputs of the stage for a made-up study whose truth is known.
struct StudyFixture {
  var models = 40
  var draws = 6
  var examples = 60
  /// Correlation of true sharpness and true gap.
  var rho = 0.0
  /// Standard deviation of the noise of one draw, and of one example, true values having 1.
  var drawNoise = 0.5
  var exampleNoise = 1.0
  var antithetic = false
  /// Lengths of the moves, in proportion to which the loss changes.
  var sigmas = [0.01]
  /// Places of the examples in the file of a model, which then says so.
  var order: ((_ model: Int) -> [Int])?
  var namesImages = true
  var metadata: (_ model: Int) -> [String: String] = { _ in [:] }
  var seed = 20_171_107
  /// Number of the made-up study: another one has other random numbers.
  var study: UInt64 = 0
  /// How many configurations the models belong to in turn; each has a true sharpness and a true gap of
  /// its own, that differ by `shift` standard deviations of those of models and have nothing in common.
  var configurations = 1
  var shift = 0.0

  private func normals(_ model: Int) -> [Double] {
    RandomSequence(seed: 4 + 100 * study, stream: .probes, model: UInt32(model))
      .normals(count: 3 + 2 * draws + examples)
  }

  /// Losses of one model on the examples, its training loss and its changes of loss.
  func measured(_ model: Int) -> (losses: [Float], trainLoss: Double, changes: [Double]) {
    let z = normals(model)
    let own = RandomSequence(
      seed: 7 + 100 * study, stream: .probes, model: UInt32(model % configurations)
    ).normals(count: 2)
    let sharpness = 3 + z[0] + shift * own[0]
    let gap = rho * z[0] + (1 - rho * rho).squareRoot() * z[1] + shift * own[1]
    let trainLoss = 0.127 + 0.007 * z[2]
    let hardness = RandomSequence(seed: 5, stream: .probes).uniforms(count: examples)
    let losses = (0..<examples).map { n in
      let noise = exampleNoise * z[3 + 2 * draws + n]
      return Float(trainLoss + 0.03 + 0.3 * hardness[n] + 0.004 * (gap + noise))
    }
    let changes = (0..<(antithetic ? 2 : 1) * draws).map {
      0.001 * (sharpness + drawNoise * z[3 + $0])
    }
    return (losses, trainLoss, changes)
  }

  func branch(_ model: Int) -> [String: [UInt8]] {
    let (losses, trainLoss, _) = measured(model)
    let testLoss = losses.reduce(0.0) { $0 + Double($1) } / Double(losses.count)
    var metadata = [
      "seed": String(seed), "model": String(model), "hidden": "20", "activation": "relu",
      "data.train": "60000", "data.subsetSeed": "0", "digest.trainImages": "ba", "l2": "0.0",
    ]
    if configurations > 1 { metadata["hidden"] = String(20 + model % configurations) }
    metadata.merge(self.metadata(model)) { $1 }
    let weights = Safetensors(
      tensors: ["W1": Tensor([1, 2] as [Float]), "b1": Tensor([Float(model)])],
      metadata: metadata)
    var metrics = CSVWriter(columns: [
      "model", "epochs", "steps", "reachedTarget", "trainLoss", "testLoss", "gap",
      "trainAccuracy", "testAccuracy", "errorGap",
    ])
    let accuracy = 0.95 + 0.01 * trainLoss
    metrics.append([
      .integer(model), 12, 5628, .missing, .number(trainLoss), .number(testLoss),
      .number(testLoss - trainLoss), .number(0.96), .number(accuracy), .number(0.96 - accuracy),
    ])
    var tensors = ["evaluation": Tensor(losses)]
    if let order = order?(model) {
      tensors["evaluation"] = Tensor(order.map { losses[$0] })
      if namesImages { tensors["images"] = Tensor(order.map { Int64($0) }) }
    }
    return [
      "weights": weights.encoded(), "metrics": metrics.bytes,
      "exampleLosses": Safetensors(tensors: tensors).encoded(),
    ]
  }

  func losses(_ model: Int) -> [UInt8] {
    let (_, trainLoss, changes) = measured(model)
    var table = CSVWriter(columns: [
      "model", "draw", "sign", "sigma", "baseline", "loss", "change", "kind", "scope", "on",
    ])
    for (index, change) in changes.enumerated() {
      let draw = antithetic ? index / 2 : index
      let isBackward = antithetic && index % 2 == 1
      for sigma in sigmas {
        let change = change * (sigma / 0.01)
        table.append([
          .integer(model), .integer(draw), .text(isBackward ? "-" : "+"), .number(sigma),
          .number(trainLoss), .number(trainLoss + change), .number(change), "gaussian", "all",
          "train",
        ])
      }
    }
    return table.bytes
  }

  var modelBranches: [[String: [UInt8]]] { (0..<models).map(branch) }
  var perturbations: [[String: [UInt8]]] { (0..<models).map { ["losses": losses($0)] } }

  /// Runs the stage on these inputs, few resamples unless asked for more.
  func outputs(_ options: [String: ParameterValue] = [:], cores: Int = 2) async throws
    -> [String: [UInt8]]
  {
    try await Self.outputs(modelBranches, perturbations, options, cores: cores)
  }

  func findings(_ options: [String: ParameterValue] = [:]) async throws -> StudyFindings {
    try await StudyFindings(json: outputs(options)["analysis"] ?? [])
  }

  static func outputs(
    _ models: [[String: [UInt8]]], _ perturbations: [[String: [UInt8]]],
    _ options: [String: ParameterValue] = [:], cores: Int = 2
  ) async throws -> [String: [UInt8]] {
    let few: [String: ParameterValue] = ["bootstrap": .integer(500), "permutations": .integer(499)]
    let harness = StageHarness()
    let context = StageContext(
      branch: "analyze", cores: cores,
      parameters: AnalyzeStage.declaration.completing(.object(few.merging(options) { $1 })),
      inputs: [:],
      collectedInputs: [
        "models": models.map(collected), "perturbations": perturbations.map(collected),
      ], workFolder: "/nonexistent", services: harness)
    try await AnalyzeStage().run(context)
    return harness.outputs
  }

  private static func collected(_ artifacts: [String: [UInt8]]) -> CollectedBranch {
    CollectedBranch(
      axes: ["model": "x"],
      artifacts: artifacts.mapValues { bytes in
        Artifact(digest: "\(bytes.count)", size: bytes.count) { bytes }
      })
  }
}
