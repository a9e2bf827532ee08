import ComputeKernel
import DataFormats
import Experiment
import Foundation
import Measure
import StageInterface
import StageTestSupport
import Testing

struct MeasureStageTests {
  private let dataset = SmallDataset(train: 60, test: 25)

  private static let model = (seed: 42 as UInt64, number: 7 as UInt32)

  /// A network that fits the training images of `dataset`, so that it has an accuracy to lose.
  private func network() throws -> Network {
    var plan = TrainingPlan(seed: Self.model.seed, model: Self.model.number, hidden: 6, epochs: 30)
    plan.batch = 10
    return try Training.run(plan, on: images()).network
  }

  /// The training images of the model.
  private func images() throws -> LabelledImages {
    let set = try ImageSet(
      images: dataset.files["trainImages"] ?? [], labels: dataset.files["trainLabels"] ?? [],
      name: "training")
    let selection = DataSelection(train: 50, subsetSeed: 1)
    return set.selecting(selection.order(of: 60).prefix(50)).labelledImages
  }

  private func weightsFile(_ network: Network) throws -> [UInt8] {
    let context = StageHarness().context(MeasureStage.self, inputs: ["data": dataset.files])
    var metadata = try TrainedModel.dataDigests(context)
    metadata.merge([
      "seed": "\(Self.model.seed)", "model": "\(Self.model.number)",
      "hidden": "\(network.shape.hidden)", "activation": network.activation.rawValue,
      "data.train": "50", "data.subsetSeed": "1", "data.evaluate": "test",
    ]) { $1 }
    return try TrainedModel(network: network, metadata: metadata).encoded()
  }

  private func table(
    _ measures: [String]? = nil, _ parameters: [String: ParameterValue] = [:],
    of network: Network? = nil, cores: Int = 1
  ) async throws -> CSVTable {
    var parameters = parameters
    parameters["measures"] = measures.map { .list($0.map { .string($0) }) }
    let harness = StageHarness()
    let context = harness.context(
      MeasureStage.self, parameters: .object(parameters),
      inputs: [
        "data": dataset.files,
        "model": ["weights": try weightsFile(network ?? self.network())],
      ], cores: cores)
    try await MeasureStage().run(context)
    #expect(harness.progress.last.map { $0.completed == $0.total } == true)
    return try CSVTable(parsing: harness.outputs["measures"] ?? [])
  }

  @Test(arguments: ["hutchinson", "sam"])
  func cancellingEndsALongMeasure(name: String) async throws {
    let parameters: [String: ParameterValue] = [
      "probes": .integer(1_000_000), "blocks": .list((1...40).map { .integer($0) }),
      "radii": .list((1...400).map { .number(Double($0) / 100) }),
    ]
    let measuring = Task { try await table([name], parameters).rowCount }
    // From a thread of its own: measures keep those that tasks share.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.3)
      measuring.cancel()
    }
    await #expect(throws: CancellationError.self) { try await measuring.value }
  }

  private func value(_ table: CSVTable, _ column: String) throws -> Double {
    try table.doubles(column)[0]
  }

  @Test func allMeasuresAreOneRow() async throws {
    let table = try await table()
    #expect(table.rowCount == 1)
    #expect(
      table.columns == [
        "model", "on", "loss", "gradNorm", "gradVar", "trace", "traceW1", "traceW2", "relTrace",
        "relFlat", "lambdaMax", "hutchinson", "hutchinsonError", "squaredFrobenius", "sam_0.05",
        "sam_0.2", "sam_0.05_m128", "sam_0.2_m128", "sam_0.05_m1024", "sam_0.2_m1024",
        "asam_0.05", "asam_0.2", "asam_0.05_m128", "asam_0.2_m128", "asam_0.05_m1024",
        "asam_0.2_m1024", "pacSigma", "pacSigmaSharpness", "pacSigmaRel", "pacSigmaRelSharpness",
        "norm", "normW1", "normW2", "spectralW1", "spectralW2", "path", "margin10", "parameters",
      ])
    for column in table.columns.dropFirst(2) {
      #expect(try value(table, column).isFinite, "\(column)")
    }
    #expect(try table.integers("model") == [7])
    #expect(try table.strings("on") == ["train"])
    // Fewer images than a block has: the block is all of them.
    #expect(try value(table, "sam_0.05") == value(table, "sam_0.05_m128"))
  }

  @Test func valuesAreThoseOfTheKernel() async throws {
    let (network, images) = (try network(), try images())
    let measures = Measures(network, on: images)
    let forms = measures.closedForms
    let hutchinson = measures.hutchinson(
      probes: 5, seed: Self.model.seed, model: Self.model.number)
    let table = try await table(
      nil, ["probes": .integer(5), "blocks": .list([.integer(20)])], of: network)
    let norms = WeightNorms(network)
    let expected: [(String, Double)] = [
      ("loss", measures.loss), ("trace", forms.traceW1 + forms.traceW2),
      ("relTrace", forms.relTrace), ("relFlat", forms.relFlat), ("gradVar", forms.gradVar),
      ("lambdaMax", measures.lambdaMax(seed: Self.model.seed, model: Self.model.number)),
      ("hutchinson", hutchinson.trace), ("hutchinsonError", hutchinson.standardError),
      ("squaredFrobenius", hutchinson.squaredFrobenius),
      ("sam_0.2", measures.sharpness(.plain(radius: 0.2))),
      ("asam_0.05_m20", measures.sharpness(.adaptive(radius: 0.05), block: 20)),
      ("path", norms.path), ("spectralW2", norms.spectralW2), ("parameters", 784 * 6 + 6 + 70),
    ]
    for (column, expected) in expected {
      #expect(try value(table, column) == expected, "\(column)")
    }
    // The 10th percentile of 50 margins lies between the 5th and the 6th.
    let margins = measures.margins.sorted()
    let margin = -(margins[4] + (margins[5] - margins[4]) * 0.9)
    #expect(try abs(value(table, "margin10") - margin) <= 1e-12)
  }

  @Test func theListDecidesWhatIsMeasuredAndWhere() async throws {
    let some = try await table(["relFlat", "asam", "trace"], ["blocks": .list([])])
    #expect(
      some.columns == ["model", "on", "loss", "relFlat", "asam_0.05", "asam_0.2", "trace"])
    let whole = try await table()
    for column in some.columns.dropFirst(2) {
      #expect(try value(some, column) == value(whole, column), "\(column)")
    }
    let test = try await table(["trace"], ["on": .string("evaluation")])
    #expect(try test.strings("on") == ["evaluation"])
    #expect(try value(test, "trace") != value(whole, "trace"))
  }

  @Test func coresDoNotMatter() async throws {
    #expect(try await table() == table(cores: 3))
  }

  /// On both sides of pacSigma the mean fall of the accuracy is on both sides of .1.
  @Test(arguments: [("pacSigma", Direction.Kind.gaussian), ("pacSigmaRel", .relative)])
  func theLargestSigmaIsWhereAccuracyFalls(_ name: String, _ kind: Direction.Kind) async throws {
    let (network, images) = (try network(), try images())
    let table = try await table([name], of: network)
    let sigma = try value(table, name)
    #expect(try value(table, name + "Sharpness") == 1 / (sigma * sigma))
    let directions = (0..<10).map {
      Direction(
        kind, scope: .all, of: network, seed: Self.model.seed, model: Self.model.number, draw: $0)
    }
    func fall(_ sigma: Double) -> Double {
      let sets = [network.weights] + directions.map { $0.moving(network.weights, by: sigma) }
      let accuracies = Evaluator.evaluate(
        sets, shape: network.shape, activation: .relu, on: images
      ).map(\.accuracy)
      return accuracies[0] - accuracies.dropFirst().reduce(0, +) / 10
    }
    #expect(sigma > 1e-5 && sigma < 10)
    #expect(fall(sigma) <= 0.1)
    #expect(fall(sigma * 1.001) > 0.1)
  }

  @Test func aNetworkWithoutAccuracyHasNoLargestSigma() async throws {
    let shape = Shape(hidden: 6)
    let nothing = Network(
      shape: shape, activation: .relu, weights: Array(repeating: 0, count: shape.parameterCount))
    let table = try await table(["pacSigmaRel"], of: nothing)
    #expect(try value(table, "pacSigmaRel") == .infinity)
    #expect(try value(table, "pacSigmaRelSharpness") == 0)
  }

  @Test func rescalingLeavesOnlyInvariantMeasures() async throws {
    let network = try network()
    var scaled = network
    for k in 0..<scaled.shape.W2.lowerBound { scaled.weights[k] *= 4 }
    for k in scaled.shape.W2 { scaled.weights[k] /= 4 }
    let measures = ["relTrace", "relFlat", "pacSigmaRel", "norms", "trace"]
    let (before, after) = (
      try await table(measures, of: network), try await table(measures, of: scaled)
    )
    for column in ["relTrace", "relFlat", "pacSigmaRel", "path", "margin10"] {
      let (before, after) = (try value(before, column), try value(after, column))
      #expect(abs(after / before - 1) <= 1e-5, "\(column)")
    }
    #expect(try abs(value(after, "trace") / value(before, "trace") - 1) > 0.1)
  }

  @Test func whatIsNotANumberIsWrittenAsSuch() async throws {
    var network = try network()
    for k in network.shape.W1 { network.weights[k] *= 1e30 }
    for k in network.shape.W2 { network.weights[k] *= 1e30 }
    let table = try await table(nil, ["probes": .integer(2)], of: network)
    for column in [
      "loss", "gradNorm", "gradVar", "trace", "lambdaMax", "hutchinson", "sam_0.05", "pacSigma",
    ] { #expect(try !value(table, column).isFinite, "\(column)") }
  }

  @Test func somethingNamedTwiceIsAProblem() {
    let names = ParameterValue.list([.string("trace"), .string("trace")])
    let radii = ParameterValue.list([.number(0.1), .number(0.1)])
    let problems = MeasureStage.problems(
      in: .object(["measures": names, "radii": radii, "blocks": .list([.integer(1)])]))
    #expect(problems.map(\.path) == ["measures", "radii"])
  }
}
