import Figures
import Findings

/// The author's figure, repeated.
enum ScatterSection {
  static func markdown(_ findings: StudyFindings, figure: DrawnFigure) -> String {
    Markdown.blocks([
      "## The author's figure, repeated", figure.markdown, reading(findings),
      "The dots are the rows of [`models.csv`](models.csv); every single step is in "
        + "[`draws.csv`](draws.csv).",
    ])
  }

  private static func reading(_ findings: StudyFindings) -> String {
    guard let relation = findings.relation else {
      return "*S* and *G* cannot be correlated here; the answer above says why."
    }
    return """
      Each dot is a network. Pearson's \
      \(summary(relation.pearson, findings, r: "*r*", p: "*p*")). The line \
      has a slope of \(NumberText.significant(relation.line.slope, 2)) (standard error \
      \(NumberText.significant(relation.line.slopeError, 2)); the median of all pairwise slopes is \
      \(NumberText.significant(relation.theilSenSlope, 2))), and the gaps scatter about it with a \
      standard deviation of \(NumberText.significant(relation.line.residualDeviation, 2)).
      """
  }

  private static func summary(
    _ pearson: Correlation, _ findings: StudyFindings, r: String = "r", p: String = "p"
  ) -> String {
    "\(r) = \(ReportNumbers.correlation(pearson.value)), \(ReportNumbers.level(findings)) "
      + "interval \(ReportNumbers.interval(pearson.interval)), "
      + ReportNumbers.pClause(pearson.p, symbol: p)
  }

  static func figure(_ findings: StudyFindings) -> ReportFigure {
    let points = findings.points.map { Point(x: $0.sharpness, y: $0.gap) }
    let count = ReportNumbers.count(points.count, "network")
    let note = findings.relation.map { summary($0.pearson, findings) + ", " + count } ?? count
    let words = "Scatter of gap against sharpness with least-squares line and its band. \(note)."
    return ReportFigure("scatter.svg", words) { () throws(FigureError) in
      try Figure(
        title: "Do networks on smoother ground have a smaller gap?", description: words,
        panels: [
          Panel(
            notes: [note], x: Axis(StudyWords(findings).sharpnessAxis),
            y: Axis("gap G: test loss − training loss"),
            layers: line(findings) + [Layer(.points(points), .blue, name: "one network")])
        ], panelHeight: 430
      ).svg()
    }
  }

  private static func line(_ findings: StudyFindings) -> [Layer] {
    guard let band = findings.relation?.line.band else { return [] }
    let slices = band.map { BandSlice(x: $0.x, lower: $0.lower, upper: $0.upper) }
    let fit = band.map { Point(x: $0.x, y: $0.y) }
    return [
      Layer(.band(slices), .orange, name: "\(ReportNumbers.level(findings)) band of the line"),
      Layer(.line(fit, .solid), .orange, name: "least squares"),
    ]
  }
}
