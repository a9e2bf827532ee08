import DataFormats
import StageInterface

/// Reads what training wrote about one model.
struct ModelReader {
  /// A model as far as training knows it, and the digest of its weights.
  struct Model {
    var metrics: ModelMetrics
    var metadata: [String: String]
    var weightCount: Int
    var exampleLosses: [Float]
    /// The number of each of those examples; nil where they are simply the test images.
    var images: [Int64]?
    var weightsDigest: String
  }

  var branch: CollectedBranch

  func read() throws -> Model {
    let weights = try parsed("weights") { try Safetensors(parsing: $0) }
    let metrics = try parsed("metrics") { try Self.metrics(CSVTable(parsing: $0)) }
    let losses = try parsed("exampleLosses") { try Self.losses(Safetensors(parsing: $0)) }
    try check(metrics, weights.metadata, losses.values)
    return Model(
      metrics: metrics, metadata: weights.metadata,
      weightCount: weights.tensors.values.reduce(0) { $0 + $1.shape.reduce(1, *) },
      exampleLosses: losses.values, images: losses.images,
      weightsDigest: try branch.artifact("weights").digest)
  }

  private func check(
    _ metrics: ModelMetrics, _ metadata: [String: String], _ losses: [Float]
  ) throws(AnalyzeError) {
    guard let model = metadata["model"].flatMap({ Int($0) }) else {
      throw .missingMetadata(model: metrics.model, name: "model")
    }
    guard model == metrics.model else {
      throw .otherModel(branch: name, weights: model, metrics: metrics.model)
    }
    let quantities = [
      ("training loss", metrics.trainLoss), ("test loss", metrics.testLoss),
      ("gap", metrics.gap), ("training accuracy", metrics.trainAccuracy),
      ("test accuracy", metrics.testAccuracy), ("error gap", metrics.errorGap),
    ]
    for (quantity, value) in quantities where !value.isFinite {
      throw .notFinite(model: model, quantity: quantity)
    }
    let mean = losses.reduce(0.0) { $0 + Double($1) } / Double(losses.count)
    guard mean.isFinite else { throw .notFinite(model: model, quantity: "loss of an example") }
    guard (mean - metrics.testLoss).magnitude <= 1e-5 * max(1, mean.magnitude) else {
      throw .inconsistentLosses(model: model, mean: mean, reported: metrics.testLoss)
    }
  }

  private var name: String { branch.axesText ?? "the model" }

  private func parsed<Value>(_ artifact: String, _ parse: ([UInt8]) throws -> Value) throws -> Value
  {
    let bytes = try branch.artifact(artifact).read()
    do {
      return try parse(bytes)
    } catch {
      throw AnalyzeError.badArtifact(branch: name, artifact: artifact, reason: "\(error)")
    }
  }

  private static func losses(
    _ file: Safetensors
  ) throws -> (values: [Float], images: [Int64]?) {
    let count = file.tensors["evaluation"]?.shape.first ?? 0
    let losses = try file.floats("evaluation", shape: [count])
    guard count > 1 else { throw UnusableTable(reason: "it has \(count) losses, 2 are needed") }
    guard let tensor = file.tensors["images"] else { return (losses, nil) }
    guard let images = tensor.integers, images.count == count, Set(images).count == count,
      images.allSatisfy(Self.imageNumbers.contains)
    else {
      throw UnusableTable(reason: "'images' does not number \(count) different images")
    }
    return (losses, images)
  }

  /// More than any dataset has: twice what `data.train` may be.
  private static let imageNumbers = Int64(0)..<20_000_000

  private static func metrics(_ table: CSVTable) throws -> ModelMetrics {
    guard table.rowCount == 1 else {
      throw UnusableTable(reason: "it has \(table.rowCount) rows, expected one")
    }
    let reached = try table.strings("reachedTarget")[0]
    return ModelMetrics(
      model: try table.integers("model")[0], epochs: try table.integers("epochs")[0],
      steps: try table.integers("steps")[0],
      reachedTarget: reached.isEmpty ? nil : reached == "true",
      trainLoss: try table.doubles("trainLoss")[0], testLoss: try table.doubles("testLoss")[0],
      gap: try table.doubles("gap")[0], trainAccuracy: try table.doubles("trainAccuracy")[0],
      testAccuracy: try table.doubles("testAccuracy")[0],
      errorGap: try table.doubles("errorGap")[0])
  }
}

/// A table of the right form that does not hold what is needed.
struct UnusableTable: Error, CustomStringConvertible {
  var reason: String
  var description: String { reason }
}

extension CollectedBranch {
  /// The values of the axes, `model=2,sigma=0.1`; nil where there are none.
  var axesText: String? {
    let texts = axes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return texts.isEmpty ? nil : texts.joined(separator: ",")
  }
}
