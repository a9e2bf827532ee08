import Figures
import Findings

/// What this study calls its sharpness and its images.
struct StudyWords {
  private var findings: StudyFindings

  init(_ findings: StudyFindings) { self.findings = findings }

  /// The quantity whose mean is the sharpness, as Markdown.
  var sharpnessDefinition: String {
    switch findings.configuration.analysis.statistic {
    case .abs: "\\|*L*(*w* + *σδ*) − *L*(*w*)\\|"
    case .signed: "*L*(*w* + *σδ*) − *L*(*w*)"
    case .pair: "½ [*L*(*w* + *σδ*) + *L*(*w* − *σδ*)] − *L*(*w*)"
    }
  }

  /// The label of an axis that shows sharpness.
  var sharpnessAxis: String {
    let quantity =
      switch findings.configuration.analysis.statistic {
      case .abs: "mean |ΔL|"
      case .signed: "mean ΔL"
      case .pair: "mean ΔL of ± pairs"
      }
    let draws = findings.configuration.perturbation.draws
    return "sharpness S: \(quantity) of \(ReportNumbers.count(draws, "draw")) (\(lossName))"
  }

  /// The images on which the weights were moved.
  var imagesOfLoss: String { isOnTrainingSet ? "training set" : "evaluation set" }

  /// `10,000 test images`.
  var evaluationImages: String {
    let isVaried = findings.configuration.varied.contains { $0.name == "data.evaluate" }
    let isTestSet =
      !isVaried && (findings.configuration.training("data.evaluate") ?? "test") == "test"
    return NumberText.grouped(findings.configuration.evaluationImages)
      + (isTestSet ? " test images" : " evaluation images")
  }

  /// True when all networks share every setting and differ by chance alone.
  ///
  /// Which images were drawn for the training is chance too.
  var isOneRecipe: Bool {
    findings.configuration.varied.allSatisfy { $0.name == Self.subsetSeed }
  }

  /// True when each network may have been trained on images of its own.
  var variesTrainingImages: Bool {
    findings.configuration.varied.contains { $0.name == Self.subsetSeed }
  }

  private static let subsetSeed = "data.subsetSeed"

  /// True when the networks were trained as those of the prototype.
  var isPrototypesRecipe: Bool {
    let configuration = findings.configuration
    return configuration.varied.isEmpty
      && configuration.training.allSatisfy { setting in
        guard setting.name != "seed" else { return true }
        guard let expected = Reference.prototypeSettings[setting.name] else { return false }
        // `0` and `0.0` are the same number.
        guard let number = Double(expected) else { return setting.value == expected }
        return Double(setting.value) == number
      }
  }

  /// Why the reliability of the sharpness is not known.
  var sharpnessObstacle: String {
    if findings.configuration.perturbation.draws == 1 {
      return "one draw says nothing about its noise"
    }
    return obstacle("sharpness", findings.points.map(\.sharpness))
  }

  /// Why the reliability of the gap is not known.
  var gapObstacle: String { obstacle("gap", findings.points.map(\.gap)) }

  private func obstacle(_ name: String, _ values: [Double]) -> String {
    if values.count > 1, Set(values).count == 1 { return "the \(name) is the same for all" }
    return ReportNumbers.count(values.count, "network") + (values.count == 1 ? " is" : " are")
      + " too few"
  }

  /// The loss that the moves change.
  var lossName: String { isOnTrainingSet ? "training loss" : "evaluation loss" }

  /// True when the loss was measured on the training images, false on the evaluation set.
  var isOnTrainingSet: Bool {
    let others = findings.configuration.perturbation.others
    return (others.first { $0.name == "on" }?.value ?? "train") == "train"
  }
}
