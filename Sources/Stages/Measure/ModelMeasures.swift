import ComputeKernel
import Experiment

/// The measures of one model, each computed when a column asks for it and kept for the next.
///
/// What is not a number stays one: a column says `nan` or `inf`, and none is left out.
struct ModelMeasures {
  typealias Column = (name: String, value: Double)

  private let model: TrainedModel
  private let images: LabelledImages
  private let parameters: MeasureParameters
  private let threads: Int
  private let measures: Measures
  private lazy var forms = measures.closedForms
  private lazy var rises = allRises()

  init(
    _ model: TrainedModel, on images: LabelledImages, _ parameters: MeasureParameters,
    threads: Int
  ) {
    self.model = model
    self.images = images
    self.parameters = parameters
    self.threads = threads
    measures = Measures(model.network, on: images, threads: threads)
  }

  var loss: Double { measures.loss }

  /// The columns of a measure.
  mutating func columns(_ name: MeasureName) throws -> [Column] {
    switch name {
    case .gradNorm: [("gradNorm", length(measures.gradient))]
    case .gradVar: [("gradVar", forms.gradVar)]
    case .trace: [("trace", forms.trace)]
    case .traceW1: [("traceW1", forms.traceW1)]
    case .traceW2: [("traceW2", forms.traceW2)]
    case .relTrace: [("relTrace", forms.relTrace)]
    case .relFlat: [("relFlat", forms.relFlat)]
    case .lambdaMax: [("lambdaMax", measures.lambdaMax(seed: model.seed, model: model.model))]
    case .hutchinson: hutchinson
    case .sam: rises.filter { !$0.isAdaptive }.map { ("sam" + $0.suffix, $0.rise) }
    case .asam: rises.filter(\.isAdaptive).map { ("asam" + $0.suffix, $0.rise) }
    case .pacSigma: try largestSigma(.gaussian, "pacSigma")
    case .pacSigmaRel: try largestSigma(.relative, "pacSigmaRel")
    case .norms: norms
    }
  }

  private func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private var hutchinson: [Column] {
    let estimate = measures.hutchinson(
      probes: parameters.probes, seed: model.seed, model: model.model)
    return [
      ("hutchinson", estimate.trace), ("hutchinsonError", estimate.standardError),
      ("squaredFrobenius", estimate.squaredFrobenius),
    ]
  }

  private var norms: [Column] {
    let norms = WeightNorms(model.network)
    return [
      ("norm", norms.all), ("normW1", norms.W1), ("normW2", norms.W2),
      ("spectralW1", norms.spectralW1), ("spectralW2", norms.spectralW2), ("path", norms.path),
      ("margin10", -Margins.quantile(0.1, of: measures.margins)),
      ("parameters", Double(model.network.shape.parameterCount)),
    ]
  }

  private struct Rise {
    var isAdaptive: Bool
    /// What tells its column from others: `_0.05`, `_0.05_m128`.
    var suffix: String
    var rise: Double
  }

  /// Both kinds of ascent at once, since they share their gradients; one kind if only one is wanted.
  private func allRises() -> [Rise] {
    let kinds = [false, true].filter { parameters.measures.contains($0 ? .asam : .sam) }
    let steps = kinds.flatMap { kind in
      parameters.radii.map { (isAdaptive: kind, radius: $0) }
    }
    let ascents = steps.map { step in
      step.isAdaptive
        ? Measures.Ascent.adaptive(radius: step.radius) : .plain(radius: step.radius)
    }
    let blocks: [Int?] = [nil] + parameters.blocks.map { $0 }
    return blocks.flatMap { block in
      let name = block.map { "_m\($0)" } ?? ""
      return zip(steps, measures.sharpness(ascents, block: block) as [Double]).map { step, rise in
        Rise(isAdaptive: step.isAdaptive, suffix: "_\(step.radius)" + name, rise: rise)
      }
    }
  }

  /// σ and 1/σ², along the first draws of kind `perturb`.
  private func largestSigma(_ kind: Direction.Kind, _ name: String) throws -> [Column] {
    let network = model.network
    let directions = (0..<parameters.draws).map {
      Direction(
        kind, scope: .all, of: network, seed: model.seed, model: model.model, draw: UInt32($0))
    }
    let unmoved = accuracies([network.weights])[0]
    guard measures.loss.isFinite else { return [(name, .nan), (name + "Sharpness", .nan)] }
    let sigma = try LargestSigma.find { sigma in
      try Task.checkCancellation()
      let moved = accuracies(directions.map { $0.moving(network.weights, by: sigma) })
      return unmoved - moved.reduce(0, +) / Double(moved.count)
    }
    return [(name, sigma), (name + "Sharpness", 1 / (sigma * sigma))]
  }

  private func accuracies(_ weightSets: [[Float]]) -> [Double] {
    Evaluator.evaluate(
      weightSets, shape: model.network.shape, activation: model.network.activation, on: images,
      threads: threads
    ).map(\.accuracy)
  }
}
