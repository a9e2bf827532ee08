/// Why the inputs of a stage can't be what the experiment is made on.
package enum ExperimentError: Error, Equatable, CustomStringConvertible {
  /// The environment asks for code that cannot run.
  case kernel(String)
  case badData(String, String)
  case tooFewImages(wanted: Int, available: Int)
  case badWeights(String)
  case badMetadata(name: String, found: String?, expected: String)
  /// The weights were trained on data other than what the stage was given.
  case otherData(name: String, trainedOn: String, given: String)

  package var description: String {
    switch self {
    case .kernel(let refusal):
      refusal
    case .badData(let name, let reason):
      "the \(name) can't be used: \(reason)"
    case .tooFewImages(let wanted, let available):
      "\(wanted) training images are asked for, the dataset has \(available)\n"
        + "hint: set 'data.train' to at most \(available)"
    case .badWeights(let reason):
      "the weights can't be used: \(reason)"
    case .badMetadata(let name, let found, let expected):
      "the weights' metadata have \(found.map { "'\($0)'" } ?? "nothing") under '\(name)', "
        + "expected \(expected)"
    case .otherData(let name, let trainedOn, let given):
      "the weights were trained on other data: \(name) was \(trainedOn), is \(given)\n"
        + "hint: bind 'data' to the stage that the weights were trained on"
    }
  }
}
