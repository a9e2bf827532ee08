import Figures
import Findings

/// What the verdict means and what would settle the matter, in words.
struct VerdictText {
  private var findings: StudyFindings

  init(_ findings: StudyFindings) { self.findings = findings }

  /// The verdict's name.
  var title: String { "**\(Markdown.text(findings.verdict.title))**" }

  /// The answer in one sentence.
  var sentence: String { "**\(Markdown.text(findings.verdict.sentence))**" }

  /// What follows from the verdict and what does not.
  var meaning: String {
    switch findings.verdict {
    case .notTestable(let obstacle): notTestable(obstacle)
    case .related(let finding): related(finding)
    case .noRelationLargerThanDelta(let finding):
      """
      This is more than a large *p*: the \(ReportNumbers.boundLevel(findings)) interval of the \
      correlation, freed of the noise in both quantities, lies wholly within ±\(ReportNumbers.plain(finding.delta)), the size declared \
      beforehand as too small to matter. It holds for networks trained as these were.
      """
    case .inconclusive(let finding): inconclusive(finding)
    }
  }

  /// What it would take to decide, or an empty text where it is decided.
  var needed: String {
    guard case .inconclusive(let finding) = findings.verdict else { return "" }
    var text =
      "**What would be needed:** about \(grouped(finding.modelsNeeded)) networks with "
      + "\(ReportNumbers.count(finding.draws, "draw")) each"
    if let draws = finding.drawsNeeded, let models = finding.modelsNeededAtThoseDraws {
      text += ", or about \(grouped(models)) networks with \(grouped(draws)) draws each"
    }
    if let exact = findings.power.modelsForEquivalenceWithExactSharpness {
      text +=
        "; if sharpness were known exactly, about \(grouped(exact)). Below that the noise of the "
        + "gap itself stands in the way, and only a larger test set helps"
    }
    return text + "."
  }

  private func notTestable(_ obstacle: Verdict.Obstacle) -> String {
    switch obstacle {
    case .tooFewModels:
      "So few points can lie on a line by chance; nothing is claimed. Train more networks."
    case .tooFewConfigurations:
      """
      Networks of one configuration can differ from those of another in everything at once, and a few \
      such differences look like a relation, or hide one, by chance. Nothing is claimed; analyze each \
      configuration in a stage of its own, or train networks of more.
      """
    case .noVariation:
      "Where nothing differs, nothing can go together; nothing is claimed."
    case .singleDraw:
      "Without the noise of the sharpness nobody can say what a correlation of zero would mean. "
        + "Perturb every network at least twice."
    case .unreliable:
      """
      The networks may differ in that quantity by nothing but measurement noise, and noise \
      correlates with nothing. Neither a relation nor its absence can be claimed; more draws, or a \
      larger test set, are needed first.
      """
    }
  }

  private func related(_ finding: Verdict.RelatedFinding) -> String {
    let weaker =
      finding.weakerThanDelta.map {
        " At the same time the corrected correlation lies within ±\(ReportNumbers.plain($0)), the "
          + "size declared beforehand as too small to matter."
      } ?? ""
    return """
      The \(ReportNumbers.level(findings)) interval excludes zero, and so does the test. That is a \
      relation *among these networks*; it says nothing about cause.\(weaker)
      """
  }

  private func inconclusive(_ finding: Verdict.InconclusiveFinding) -> String {
    var text =
      "A large *p* is no evidence of absence: noise in *S* and in *G* pulls every correlation "
      + "towards zero."
    if let ceiling = findings.reliability.ceiling {
      text +=
        " With the reliabilities found here even a perfect relation would show as about "
        + "*r* = \(ReportNumbers.correlation(ceiling))."
    }
    if let corrected = findings.corrected {
      text += " Freed of noise the correlation is \(ReportNumbers.correlation(corrected.value))"
      let level = ReportNumbers.boundLevel(findings)
      text +=
        corrected.interval90.map {
          ", with a \(level) interval of "
            + ReportNumbers.interval($0, apartFrom: [-finding.delta, finding.delta])
            + ", which is not within "
            + "±\(ReportNumbers.plain(finding.delta))."
        } ?? ", but no \(level) interval bounds it."
    }
    return text
  }

  private func grouped(_ count: Int) -> String { NumberText.grouped(count) }
}
