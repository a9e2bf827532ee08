import Experiment
import StageInterface

/// The texts that are stored with the weights: every parameter and the digests of the data.
enum ModelMetadata {
  static func texts(_ context: StageContext) throws -> [String: String] {
    var texts = try TrainedModel.dataDigests(context)
    guard case .object(let members) = context.parameters else { return texts }
    for (name, value) in members {
      if case .object(let inner) = value, name != "optimizer" {
        for (innerName, value) in inner { texts["\(name).\(innerName)"] = text(value) }
      } else {
        texts[name] = text(value)
      }
    }
    // Steps replace epochs; a number without effect would mislead who reads the weights.
    if texts["steps"] != nil { texts["epochs"] = nil }
    return texts
  }

  private static func text(_ value: ParameterValue) -> String {
    if case .string(let text) = value { return text }
    return value.description
  }
}
