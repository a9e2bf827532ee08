import Figures
import Findings

/// Title, and the answer before anything else.
enum HeadSection {
  static func markdown(title: String, _ findings: StudyFindings) -> String {
    """
    # \(Markdown.text(title))

    > \(VerdictText(findings).sentence)

    A repetition of \(Reference.author)'s experiment of \(Reference.year) with \
    \(ReportNumbers.count(findings.points.count, "fresh network")), written by `pipe run`. Every \
    number is computed by the pipeline, except where the author or the prototype is quoted by name.
    """
  }
}
