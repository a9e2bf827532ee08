import Figures
import Findings

/// The main result beside correlations that must be absent and must be present.
enum ControlsSection {
  static func markdown(_ findings: StudyFindings, figure: DrawnFigure) -> String {
    var table = MarkdownTable(
      "correlation", ">*r*", ">\(ReportNumbers.level(findings)) interval", ">*p*", "expected")
    for row in rows(findings) {
      table.add(
        Markdown.text(row.label), ReportNumbers.precise(row.correlation?.value),
        ReportNumbers.interval(row.correlation?.interval, decimals: 3),
        ReportNumbers.p(row.correlation?.p), row.expected)
    }
    return Markdown.blocks([
      "## Controls",
      """
      The same statistic, fed with something that must not correlate and with something that must. \
      If the first shows something, distrust the rest of this report; if the second shows nothing, \
      this study could not have seen much.
      """,
      figure.markdown, table.markdown, reading(findings),
    ])
  }

  private struct Row {
    var label: String
    var correlation: Correlation?
    var expected: String
    var color: Palette
  }

  private static func rows(_ findings: StudyFindings) -> [Row] {
    let controls = findings.controls
    let isOnTraining = StudyWords(findings).isOnTrainingSet
    let (contained, open) = ("*S* contains it", "open")
    return [
      Row(
        label: "S and G: the question", correlation: findings.relation?.pearson, expected: "",
        color: .orange),
      Row(
        label: "random number and G", correlation: controls.randomNumber,
        expected: "none (negative control)", color: .grey),
      Row(
        label: "G on two halves of the images", correlation: controls.halfGaps,
        expected: "positive (positive control)", color: .green),
      Row(
        label: "S and training loss", correlation: controls.sharpnessAndTrainLoss,
        expected: isOnTraining ? contained : open, color: .blue),
      Row(
        label: "G and training loss", correlation: controls.gapAndTrainLoss,
        expected: "*G* contains it", color: .blue),
      Row(
        label: "S and test loss", correlation: controls.sharpnessAndTestLoss,
        expected: isOnTraining ? open : contained, color: .blue),
      Row(
        label: "S and error gap", correlation: controls.sharpnessAndErrorGap,
        expected: "open (another measure of the gap)", color: .blue),
    ]
  }

  private static func reading(_ findings: StudyFindings) -> String {
    let controls = findings.controls
    let negative = controls.randomNumber.map {
      $0.interval.excludesZero
        ? "**The negative control shows a correlation where there is none;** that happens by chance "
          + "\(ReportNumbers.falseAlarms(findings)) such reports."
        : "The negative control is as it should be: its interval holds zero."
    }
    let positive = controls.halfGaps.map {
      $0.interval.lower > 0
        ? "The positive control is as it should be: what two halves of the images say about the "
          + "gap agrees, so a relation of that size is visible with these networks."
        : "**The positive control does not stand out from chance:** measured on half of the images, "
          + "the gap hardly agrees with itself, and a relation of that size would not be seen either."
    }
    return [negative, positive].compactMap { $0 }.joined(separator: " ")
  }

  static func figure(_ findings: StudyFindings) -> ReportFigure {
    let words =
      "Correlations with intervals: the main result, the negative and the positive control, and "
      + "sharpness and gap against losses."
    return ReportFigure("controls.svg", words) { () throws(FigureError) in
      let delta = findings.configuration.analysis.equivalence
      return try ForestFigure(
        title: "The main result and its controls", description: words,
        axis: Axis("correlation with \(ReportNumbers.level(findings)) interval", domain: -1...1),
        rows: forestRows(findings), range: -delta...delta,
        rangeName: "smaller than δ = \(ReportNumbers.plain(delta))"
      ).svg()
    }
  }

  private static func forestRows(_ findings: StudyFindings) -> [ForestRow] {
    var forest = rows(findings).map(forestRow)
    if let corrected = findings.corrected {
      let text =
        ReportNumbers.correlation(corrected.value) + " "
        + (corrected.interval95.map { ReportNumbers.interval($0) } ?? "unbounded")
      let interval = corrected.interval95 ?? Interval(lower: -.unbounded, upper: .unbounded)
      forest.insert(
        ForestRow(
          label: "S and G, freed of noise",
          estimate: .init(value: corrected.value, lower: interval.lower, upper: interval.upper),
          text: text, color: .orange), at: 1)
    }
    return forest
  }

  private static func forestRow(_ row: Row) -> ForestRow {
    guard let correlation = row.correlation else {
      return ForestRow(label: row.label, estimate: nil, text: "not computable", color: row.color)
    }
    let interval = correlation.interval
    return ForestRow(
      label: row.label,
      estimate: .init(
        value: correlation.value, lower: interval.lower, upper: interval.upper),
      text: ReportNumbers.correlation(correlation.value) + " " + ReportNumbers.interval(interval),
      color: row.color)
  }
}

extension Double {
  /// Far beyond any axis of correlations: the interval ends in an arrow head.
  fileprivate static let unbounded = 1e9
}
