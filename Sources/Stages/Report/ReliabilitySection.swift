import Figures
import Findings

/// How much of the differences between networks is noise, in sharpness and in the gap.
enum ReliabilitySection {
  static func markdown(_ findings: StudyFindings, figure: DrawnFigure) -> String {
    let draws = findings.configuration.perturbation.draws
    return Markdown.blocks([
      "## How much of this is noise?",
      """
      \(ReportNumbers.count(draws, "draw")) \(draws == 1 ? "does" : "do") not measure sharpness \
      exactly, and \(StudyWords(findings).evaluationImages) do not measure the gap exactly. A *reliability* is the \
      share of the differences between networks that would be found again with fresh draws, or with \
      fresh images. Noise pulls a correlation towards zero; the *ceiling*, √(reliability of *S* · \
      reliability of *G*), says how far.
      """,
      figure.markdown, table(findings), caveat(findings),
    ])
  }

  private static func table(_ findings: StudyFindings) -> String {
    let level = ReportNumbers.level(findings)
    var table = MarkdownTable("", ">estimate", ">\(level) interval", "what it says")
    addSharpness(findings, to: &table)
    addGap(findings, to: &table)
    table.add(
      "noise ceiling", ReportNumbers.precise(findings.reliability.ceiling), "",
      "what a perfect relation would show as *r*")
    let corrected = findings.corrected
    table.add(
      "**corrected correlation**", "**\(ReportNumbers.precise(corrected?.value))**",
      ReportNumbers.interval(corrected?.interval95, decimals: 3),
      "*r* / ceiling; its \(ReportNumbers.boundLevel(findings)) interval is "
        + ReportNumbers.interval(corrected?.interval90, decimals: 3))
    return table.markdown
  }

  private static func addSharpness(_ findings: StudyFindings, to table: inout MarkdownTable) {
    guard let sharpness = findings.reliability.sharpness else {
      table.add(
        "reliability of *S*", NumberText.missing, "", StudyWords(findings).sharpnessObstacle)
      return
    }
    table.add(
      "reliability of one draw, ICC(1,1)", ReportNumbers.precise(sharpness.single), "",
      "share of the variance of one draw that belongs to the network")
    table.add(
      "**reliability of *S***, ICC(1,\(sharpness.draws))", ReportNumbers.precise(sharpness.mean),
      ReportNumbers.interval(sharpness.interval, decimals: 3),
      "the same for the mean of \(ReportNumbers.count(sharpness.draws, "draw"))")
    table.add(
      "draws needed for 0.9", sharpness.drawsNeeded.map(NumberText.grouped) ?? NumberText.missing,
      "", "so many would make *S* a good measure of a network")
  }

  private static func addGap(_ findings: StudyFindings, to table: inout MarkdownTable) {
    guard let gap = findings.reliability.gap else {
      table.add("reliability of *G*", NumberText.missing, "", StudyWords(findings).gapObstacle)
      return
    }
    table.add(
      "**reliability of *G***", ReportNumbers.precise(gap.value),
      ReportNumbers.interval(gap.interval, decimals: 3),
      "from the variance of the loss over images")
    table.add(
      "– by random split halves", ReportNumbers.precise(gap.splitHalf), "",
      "the same by another way, mean of \(NumberText.grouped(gap.splits)) splits")
  }

  private static func caveat(_ findings: StudyFindings) -> String {
    guard let corrected = findings.corrected else {
      return "A reliability is missing or not above zero; it is shown as it is and nothing is "
        + "corrected by it."
    }
    let undefined =
      corrected.undefinedResamples == 0
      ? ""
      : " In \(NumberText.grouped(corrected.undefinedResamples)) of the "
        + "\(NumberText.grouped(findings.configuration.analysis.bootstrap)) bootstrap resamples a "
        + "reliability was not positive; they count as infinitely far out."
    return """
      A corrected correlation is shown as it is, even beyond ±1. With few networks and low \
      reliabilities it is biased outwards and its interval covers the truth a little less often than \
      it says.\(undefined)
      """
  }
}
