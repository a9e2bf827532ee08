import Figures
import Findings

/// What this experiment could have seen, and what a larger one would.
enum PowerSection {
  static func markdown(_ findings: StudyFindings, figure: DrawnFigure) -> String {
    let models = findings.points.count
    let (power, sentences) = (findings.power, sentences(findings))
    var table = MarkdownTable(
      "with \(ReportNumbers.count(models, "network"))", ">raw *r*",
      ">true correlation behind the noise")
    table.add("smallest that is significant", ReportNumbers.precise(power.criticalR), "")
    table.add(
      "found with probability 80 %", ReportNumbers.precise(power.detectable80),
      ReportNumbers.precise(power.detectableCorrected80))
    table.add(
      "found with probability 90 %", ReportNumbers.precise(power.detectable90),
      ReportNumbers.precise(power.detectableCorrected90))
    return Markdown.blocks([
      "## What could have been seen?", figure.markdown, table.markdown,
      sentences.joined(separator: " "),
    ])
  }

  private static func sentences(_ findings: StudyFindings) -> [String] {
    let power = findings.power
    let delta = ReportNumbers.plain(findings.configuration.analysis.equivalence)
    var sentences: [String] = []
    if let corrected = power.detectableCorrected90, corrected > 1 {
      sentences.append(
        "A value above 1 means that even a perfect relation would not reliably have been found.")
    }
    if let models = power.modelsForEquivalence {
      var text =
        "To show that no correlation larger than *δ* = \(delta) exists, when in truth there is "
        + "none, takes about \(NumberText.grouped(models)) networks measured like these"
      if let exact = power.modelsForEquivalenceWithExactSharpness {
        text += ", or about \(NumberText.grouped(exact)) with sharpness known exactly"
      }
      sentences.append(text + ".")
    }
    return sentences
  }

  static func figure(_ findings: StudyFindings) -> ReportFigure {
    let words =
      "Correlation that is found with 80 and 90 % probability, against the number of networks; "
      + "\(ReportNumbers.count(findings.points.count, "network")) find "
      + "\(ReportNumbers.correlation(findings.power.detectable80))."
    return ReportFigure("power.svg", words) { () throws(FigureError) in
      try Figure(
        title: "How large must a correlation be to be seen?", description: words,
        panels: [
          Panel(
            x: Axis("networks N", scale: .logarithmic), y: Axis("correlation", domain: 0...1),
            layers: layers(findings))
        ], panelHeight: 370
      ).svg()
    }
  }

  private static func layers(_ findings: StudyFindings) -> [Layer] {
    let curve = findings.power.curve.filter { $0.models > 0 }
    let count = findings.points.count
    let delta = findings.configuration.analysis.equivalence
    var layers = [
      Layer(
        .line(curve.map { Point(x: Double($0.models), y: $0.detectable90) }, .dashed), .blue,
        name: "raw r, found with 90 %"),
      Layer(
        .line(curve.map { Point(x: Double($0.models), y: $0.detectable80) }, .solid), .blue,
        name: "raw r, found with 80 %"),
    ]
    if let ceiling = findings.reliability.ceiling, ceiling > 0 {
      let behind = curve.map { Point(x: Double($0.models), y: $0.detectable80 / ceiling) }
      layers.append(
        Layer(.line(behind.filter { $0.y <= 1 }, .solid), .purple, name: "behind this noise, 80 %"))
    }
    layers.append(
      Layer(.horizontal(delta, .dotted), .grey, name: "δ = \(ReportNumbers.plain(delta))"))
    layers.append(
      Layer(
        .vertical(Double(count), .dashed), .orange,
        name: "here: N = \(NumberText.grouped(count))"))
    if let relation = findings.relation {
      let seen = Point(x: Double(count), y: relation.pearson.value.magnitude)
      layers.append(Layer(.points([seen]), .orange, name: "|r| here"))
    }
    return layers
  }
}
