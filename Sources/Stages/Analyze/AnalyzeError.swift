/// Why the inputs cannot be analyzed together.
package enum AnalyzeError: Error, Equatable, CustomStringConvertible {
  case noModels
  case repeatedModel(Int)
  case badArtifact(branch: String, artifact: String, reason: String)
  case missingMetadata(model: Int, name: String)
  case otherModel(branch: String, weights: Int, metrics: Int)
  case differentSetting(name: String, values: [String])
  case severalSigmas([Double])
  case noSuchSigma(Double, found: [Double])
  case differentExampleCounts(model: Int, found: Int, expected: Int)
  case unknownImages(model: Int, varied: [String])
  case inconsistentLosses(model: Int, mean: Double, reported: Double)
  case notFinite(model: Int, quantity: String)
  case noPerturbations(model: Int)
  case perturbationWithoutModel(Int)
  case otherBaseline(model: Int, baseline: Double, quantity: String, loss: Double)
  case repeatedDraw(model: Int, draw: Int, sign: String)
  case differentDraws(model: Int, found: Int, expected: Int)
  case needsAntithetic

  package var description: String {
    switch self {
    case .noModels:
      "there are no models to analyze\nhint: bind 'models' to all branches of a train stage"
    case .repeatedModel(let model):
      "model \(model) is there twice\nhint: give every branch of the train stage a model of its own"
    case .badArtifact(let branch, let artifact, let reason):
      "'\(artifact)' of \(branch) cannot be read: \(reason)"
    case .missingMetadata(let model, let name):
      "the weights of model \(model) do not say what '\(name)' is"
    case .otherModel(let branch, let weights, let metrics):
      "\(branch) has the weights of model \(weights) but the metrics of model \(metrics)"
    case .differentSetting(let name, let values):
      "'\(name)' must be the same everywhere, found \(values.joined(separator: ", "))\n"
        + "hint: analyze each in a stage of its own"
    case .severalSigmas(let sigmas):
      "the perturbations have \(sigmas.count) values of 'sigma': \(Self.list(sigmas))\n"
        + "hint: choose one with 'sigma' of the analyze stage; map over it to analyze each"
    case .noSuchSigma(let sigma, let found):
      "no perturbation has the 'sigma' \(sigma), found \(Self.list(found))\n"
        + "hint: set 'sigma' of the analyze stage to one of these"
    case .differentExampleCounts(let model, let found, let expected):
      "model \(model) was evaluated on \(found) examples, others on \(expected)"
    case .unknownImages(let model, let varied):
      "the losses of model \(model) do not say which images of its pool they belong to, and "
        + "\(varied.map { "'\($0)'" }.joined(separator: ", ")) "
        + "\(varied.count == 1 ? "differs" : "differ") between the models\n"
        + "hint: run the train stage again, or set 'data.evaluate' to \"test\""
    case .inconsistentLosses(let model, let mean, let reported):
      "the example losses of model \(model) have the mean \(mean), its metrics say \(reported)"
    case .notFinite(let model, let quantity):
      "the \(quantity) of model \(model) is not finite\n"
        + "hint: lower 'sigma' of the perturbation or the learning rate of the training"
    case .noPerturbations(let model):
      "model \(model) was not perturbed\n"
        + "hint: bind 'perturbations' to a perturb stage over the same models"
    case .perturbationWithoutModel(let model):
      "model \(model) was perturbed but is not among the models"
    case .otherBaseline(let model, let baseline, let quantity, let loss):
      "'perturbations' moved another network than 'models' has: before any move the loss of model "
        + "\(model) is \(baseline) there, its \(quantity) here is \(loss)\n"
        + "hint: bind 'perturbations' to a perturb stage whose input 'model' is the stage in 'models'"
    case .repeatedDraw(let model, let draw, let sign):
      "draw \(draw) (\(sign)) of model \(model) is there twice"
    case .differentDraws(let model, let found, let expected):
      "model \(model) has other draws than the first model (\(found) rows, \(expected) there)"
    case .needsAntithetic:
      "the statistic 'pair' needs a loss on both sides of the weights\n"
        + "hint: set 'antithetic' of the perturb stage to true, or 'statistic' to \"signed\""
    }
  }

  private static func list(_ sigmas: [Double]) -> String {
    let shown = sigmas.prefix(8).map(\.description).joined(separator: ", ")
    return sigmas.count > 8 ? shown + ", …" : shown
  }
}
