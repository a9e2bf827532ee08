import Figures
import Findings

/// The author's doubts, and what this one study can and cannot say about each.
enum DoubtsSection {
  static func markdown(_ findings: StudyFindings) -> String {
    var table = MarkdownTable("doubt", "what this report can say", "what it cannot")
    table.add(
      "The step was too small or too big.", step(findings),
      "how it is with other steps: a sweep over *σ*")
    table.add(
      "There were too few measurements.", draws(findings),
      "how *S* of many more draws relates to the gap")
    table.add(
      "The gap is noisy too. (Our doubt.)", gap(findings),
      "what a larger evaluation set would show")
    table.add(
      "There was much data for so small a model.", size(findings),
      "how it is with less: a sweep over both")
    table.add(
      "Batch normalisation changes the surface.", batchNorm(findings),
      "what it changes: networks with and without")
    table.add(
      "All networks are equivalent.", spread(findings), "how it is between recipes: a grid of them")
    return Markdown.blocks([
      "## The author's doubts",
      """
      A null result leaves doubts, and the author named his. This report is one cell of the plan \
      that answers them: each doubt becomes a sweep, a set of stages whose axes are parameters.
      """,
      table.markdown,
    ])
  }

  private static func step(_ findings: StudyFindings) -> String {
    let sharpness = findings.population.sharpness
    let words = StudyWords(findings)
    let population = findings.population
    let loss = words.isOnTrainingSet ? population.trainLoss : population.testLoss
    let share = loss.mean > 0 ? sharpness.mean / loss.mean * 100 : .nan
    return
      "one step only, *σ* = \(ReportNumbers.plain(findings.configuration.perturbation.sigma)); "
      + "it changes the \(words.lossName) by \(NumberText.significant(sharpness.mean, 2)) on average, "
      + "\(NumberText.significant(share, 2)) % of it"
  }

  private static func draws(_ findings: StudyFindings) -> String {
    guard let sharpness = findings.reliability.sharpness else {
      return "nothing: \(StudyWords(findings).sharpnessObstacle)"
    }
    let needed =
      sharpness.drawsNeeded.map { "; \(NumberText.grouped($0)) would be needed for 0.9" } ?? ""
    return "\(ReportNumbers.count(sharpness.draws, "draw")) give *S* a reliability of "
      + ReportNumbers.correlation(sharpness.mean) + needed
  }

  private static func gap(_ findings: StudyFindings) -> String {
    guard let gap = findings.reliability.gap else {
      return "nothing: \(StudyWords(findings).gapObstacle)"
    }
    return "its reliability is \(ReportNumbers.correlation(gap.value)) with "
      + StudyWords(findings).evaluationImages
  }

  private static func size(_ findings: StudyFindings) -> String {
    let configuration = findings.configuration
    let weights = "\(NumberText.grouped(configuration.weightCount)) weights"
    guard let images = configuration.trainImages else { return "one size only: \(weights)" }
    return "one size only: \(NumberText.grouped(images)) images for \(weights)"
  }

  private static func batchNorm(_ findings: StudyFindings) -> String {
    switch findings.configuration.training("batchNorm") {
    case "true": "all networks here have it"
    case "false": "no network here has it"
    default: "see the configuration below"
    }
  }

  private static func spread(_ findings: StudyFindings) -> String {
    let (gap, loss) = (findings.population.gap, findings.population.trainLoss)
    let noise =
      findings.reliability.gap.map {
        "; \(NumberText.fixed(max(0, min(1, 1 - $0.value)) * 100, 0)) % of the gap's variance is noise"
      } ?? ""
    return
      "the training loss varies by \(variation(loss)) (SD / mean), the gap by \(variation(gap))"
      + noise
  }

  private static func variation(_ distribution: Distribution) -> String {
    guard distribution.mean != 0 else { return NumberText.missing }
    let share = distribution.standardDeviation / distribution.mean.magnitude * 100
    return NumberText.significant(share, 2) + " %"
  }
}
