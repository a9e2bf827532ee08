package import ComputeKernel
import DataFormats

/// A trained network with the configuration that made it, as the weights file holds both.
///
/// The file is safetensors: `W1` [784, H], `b1` [H], `W2` [H, 10], `b2` [10], all F32. Its metadata
/// are texts: every parameter of kind `train` by its dotted name (an optimiser as one JSON object)
/// and the digests of the data, `digest.trainImages` and so on. A batch-normalised network is folded
/// before it is stored; its metadata then have `folded` = `true`.
package struct TrainedModel: Sendable {
  /// Never with a batch-norm layer.
  package let network: Network
  package let metadata: [String: String]

  /// The configuration that later stages need, read from the metadata.
  package let seed: UInt64
  package let model: UInt32
  package let selection: DataSelection

  /// A model from training; `metadata` must have what ``init(parsing:)`` reads.
  package init(network: Network, metadata: [String: String]) throws(ExperimentError) {
    self.network = network.folded()
    self.metadata =
      network.batchNorm == nil ? metadata : metadata.merging(["folded": "true"]) { $1 }
    seed = try Self.number("seed", metadata)
    model = try Self.number("model", metadata)
    selection = DataSelection(
      train: try Self.number("data.train", metadata),
      subsetSeed: try Self.number("data.subsetSeed", metadata),
      evaluate: try Self.word("data.evaluate", metadata))
  }

  /// The model in a weights file.
  package init(parsing file: [UInt8]) throws(ExperimentError) {
    let content: Safetensors
    do {
      content = try Safetensors(parsing: file)
    } catch {
      throw .badWeights(error.description)
    }
    let hidden: Int = try Self.number("hidden", content.metadata)
    let activation: Activation = try Self.word("activation", content.metadata)
    guard (1...65_536).contains(hidden) else {
      throw .badMetadata(name: "hidden", found: String(hidden), expected: "1 to 65536")
    }
    let shape = Shape(
      inputs: ImageSet.pixelsPerImage, hidden: hidden, classes: ImageSet.classes)
    var weights: [Float] = []
    do {
      for (name, dimensions) in Self.tensors(shape) {
        weights += try content.floats(name, shape: dimensions)
      }
    } catch {
      throw .badWeights(error.description)
    }
    try self.init(
      network: Network(shape: shape, activation: activation, weights: weights),
      metadata: content.metadata)
  }

  /// The weights file; the same bytes for the same model.
  package func encoded() -> [UInt8] {
    var tensors: [String: Tensor] = [:]
    var start = 0
    for (name, dimensions) in Self.tensors(network.shape) {
      let end = start + dimensions.reduce(1, *)
      tensors[name] = Tensor(Array(network.weights[start..<end]), shape: dimensions)
      start = end
    }
    return Safetensors(tensors: tensors, metadata: metadata).encoded()
  }

  /// Names and shapes of the tensors, in the order of the flat weights.
  private static func tensors(_ shape: Shape) -> [(name: String, dimensions: [Int])] {
    [
      ("W1", [shape.inputs, shape.hidden]), ("b1", [shape.hidden]),
      ("W2", [shape.hidden, shape.classes]), ("b2", [shape.classes]),
    ]
  }

  private static func number<Number: FixedWidthInteger>(
    _ name: String, _ metadata: [String: String]
  ) throws(ExperimentError) -> Number {
    guard let number = metadata[name].flatMap({ Number($0) }) else {
      throw .badMetadata(name: name, found: metadata[name], expected: "an integer")
    }
    return number
  }

  private static func word<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ metadata: [String: String]
  ) throws(ExperimentError) -> Word {
    guard let word = metadata[name].flatMap({ Word(rawValue: $0) }) else {
      let words = Word.allCases.map(\.rawValue)
      throw .badMetadata(
        name: name, found: metadata[name], expected: "one of " + words.joined(separator: ", "))
    }
    return word
  }
}
