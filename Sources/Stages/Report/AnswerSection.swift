import Findings

/// The verdict with what it means and what would settle the matter.
enum AnswerSection {
  static func markdown(_ findings: StudyFindings) -> String {
    let verdict = VerdictText(findings)
    let delta = ReportNumbers.plain(findings.configuration.analysis.equivalence)
    let alpha = ReportNumbers.plain(findings.configuration.analysis.alpha)
    return Markdown.blocks([
      "## The answer",
      "The verdict is \(verdict.title). " + verdict.meaning,
      verdict.needed,
      """
      <details>
      <summary>How the verdict is reached; the rule was fixed before any network was trained</summary>

      The first of these that holds:

      1. *not testable*: there are too few \(counted(findings)), or the \
      \(ReportNumbers.level(findings)) interval of the reliability of *S* or of *G* reaches zero;
      2. *related*: *p* (Holm) < \(alpha), and the bootstrap interval (BCa) of the correlation excludes \
      zero; “but weaker than δ” when the next line holds too;
      3. *no relation larger than δ*: the \(ReportNumbers.boundLevel(findings)) interval of the corrected correlation lies within \
      ±\(delta);
      4. *inconclusive*: everything else.

      A large *p* alone never means “no relation”.

      </details>
      """,
    ])
  }

  private static func counted(_ findings: StudyFindings) -> String {
    findings.configuration.configurations == nil
      ? "networks or draws" : "networks, draws or configurations"
  }
}
