import Figures
import Findings

/// Who the networks are: distributions, beside what the author and the prototype reported.
enum PopulationSection {
  static func markdown(_ findings: StudyFindings, figure: DrawnFigure) -> String {
    var means = MarkdownTable(
      "", ">mean", ">SD", ">prototype: mean", ">prototype: SD", ">author: mean")
    var quantiles = MarkdownTable(
      "", ">least", ">5 %", ">25 %", ">median", ">75 %", ">95 %", ">greatest")
    for quantity in Quantity.all {
      means.add(quantity.means(findings.population))
      quantiles.add(quantity.quantiles(findings.population))
    }
    return Markdown.blocks([
      "## The networks",
      introduction(findings),
      figure.markdown, means.markdown,
      """
      *Prototype:* the \(Reference.prototypeNetworks) networks of an independent \
      program with the default configuration. *Author:* the mean he stated. Both are quoted, not \
      computed here.
      """,
      quantiles.markdown, missedTarget(findings),
    ])
  }

  private static func introduction(_ findings: StudyFindings) -> String {
    guard StudyWords(findings).isOneRecipe else {
      let names = findings.configuration.varied.map { Markdown.code($0.name) }
      return
        "The networks differ in \(names.joined(separator: ", ")), in their starting weights and "
        + "in the order in which they saw the images."
    }
    let less = "The less they differ in *S* and *G*, the harder any relation is to see."
    if StudyWords(findings).variesTrainingImages {
      return """
        All networks have the same shape and recipe; they differ in their starting weights, in the \
        choice of their training images and in the order in which they saw them. \(less)
        """
    }
    return """
      All networks have the same shape, data and recipe; they differ in their starting weights and \
      in the order in which they saw the images. \(less)
      """
  }

  private static func missedTarget(_ findings: StudyFindings) -> String {
    guard let missed = findings.population.missedTarget else { return "" }
    return
      "\(ReportNumbers.count(missed, "network")) of \(findings.points.count) did not reach the "
      + "target training loss and stopped at the cap; they are kept and flagged."
  }

  static func figure(_ findings: StudyFindings) -> ReportFigure {
    let words =
      "Histograms of test accuracy, training loss, test loss, gap and sharpness of "
      + "\(ReportNumbers.count(findings.points.count, "network"))."
    return ReportFigure("distributions.svg", words) { () throws(FigureError) in
      try Figure(
        title: StudyWords(findings).isOneRecipe
          ? "The networks: trained alike, from different starts" : "The networks",
        description: words,
        panels: Quantity.drawn.map { $0.panel(findings.points) }, columns: 2, panelHeight: 210
      ).svg()
    }
  }
}
