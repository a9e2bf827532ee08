import ComputeKernel
import DataFormats
import Experiment
import Testing

struct TrainedModelTests {
  private let metadata = [
    "seed": "18446744073709551615", "model": "7", "hidden": "3", "activation": "tanh",
    "data.train": "500", "data.subsetSeed": "2", "data.evaluate": "pool", "optimizer": "{}",
  ]

  private func network(batchNorm: Bool = false) -> Network {
    let shape = Shape(hidden: 3)
    return Network(
      shape: shape, activation: .tanh,
      weights: (0..<shape.parameterCount).map { Float($0 % 17) / 16 - 0.5 },
      batchNorm: batchNorm ? BatchNormState(hidden: 3) : nil)
  }

  @Test func theFileHoldsTensorsAndConfiguration() throws {
    let model = try TrainedModel(network: network(), metadata: metadata)
    let file = try Safetensors(parsing: model.encoded())
    #expect(file.metadata == metadata)
    #expect(
      file.tensors.mapValues(\.shape) == ["W1": [784, 3], "b1": [3], "W2": [3, 10], "b2": [10]])
    let W2 = try file.floats("W2", shape: [3, 10])
    #expect(W2 == Array(network().weights[(785 * 3)..<(785 * 3 + 30)]))
    let back = try TrainedModel(parsing: model.encoded())
    #expect(back.network.weights == network().weights)
    #expect(back.network.activation == .tanh)
    #expect((back.seed, back.model) == (UInt64.max, 7))
    #expect(back.selection == DataSelection(train: 500, subsetSeed: 2, evaluate: .pool))
    #expect(back.encoded() == model.encoded())
  }

  @Test func aBatchNormalisedNetworkIsFoldedAndSaysSo() throws {
    let model = try TrainedModel(network: network(batchNorm: true), metadata: metadata)
    #expect(model.network.batchNorm == nil)
    #expect(model.metadata["folded"] == "true")
    #expect(model.network.weights == network(batchNorm: true).folded().weights)
    #expect(model.network.weights != network().weights)
  }

  @Test(arguments: [
    ("seed", "-1", "an integer"), ("model", "4294967296", "an integer"), ("hidden", "x", "integer"),
    ("hidden", "0", "1 to 65536"), ("activation", "swish", "one of relu, tanh, sigmoid"),
    ("data.evaluate", "", "one of test, pool"),
  ])
  func badMetadataIsNamed(name: String, value: String, expected: String) throws {
    var file = try Safetensors(
      parsing: TrainedModel(network: network(), metadata: metadata).encoded())
    file.metadata[name] = value
    let error = #expect(throws: ExperimentError.self) { try TrainedModel(parsing: file.encoded()) }
    #expect(error?.description.contains("under '\(name)', expected") == true)
    #expect(error?.description.contains(expected) == true)
    file.metadata[name] = nil
    #expect(throws: ExperimentError.self) { try TrainedModel(parsing: file.encoded()) }
  }

  @Test func tensorsOfAnotherShapeAreRefused() throws {
    var file = try Safetensors(
      parsing: TrainedModel(network: network(), metadata: metadata).encoded())
    file.metadata["hidden"] = "4"
    let error = #expect(throws: ExperimentError.self) { try TrainedModel(parsing: file.encoded()) }
    #expect(
      error?.description.contains("tensor 'W1' is F32 [784, 3], expected F32 [784, 4]") == true)
    #expect(throws: ExperimentError.self) { try TrainedModel(parsing: [1, 2, 3]) }
  }
}
