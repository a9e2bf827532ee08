import Findings

/// How sharpness is defined in this study, in words and symbols.
enum SharpnessText {
  /// The averaged quantity, as Markdown.
  static func definition(_ findings: StudyFindings) -> String {
    switch findings.configuration.analysis.statistic {
    case .abs: "\\|*L*(*w* + *σδ*) − *L*(*w*)\\|"
    case .signed: "*L*(*w* + *σδ*) − *L*(*w*)"
    case .pair: "½ [*L*(*w* + *σδ*) + *L*(*w* − *σδ*)] − *L*(*w*)"
    }
  }

  /// The label of an axis.
  static func axisLabel(_ findings: StudyFindings) -> String {
    let perturbation = findings.configuration.perturbation
    let quantity =
      switch findings.configuration.analysis.statistic {
      case .abs: "mean |ΔL|"
      case .signed: "mean ΔL"
      case .pair: "mean ΔL of ± pairs"
      }
    return "sharpness S: \(quantity) of \(ReportNumbers.count(perturbation.draws, "draw")) "
      + "(training loss)"
  }
}
