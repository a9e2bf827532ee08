import Figures
import Findings

/// Two panels: reliability against the number of draws, and the gap on two halves of the test set.
enum ReliabilityFigure {
  static func figure(_ findings: StudyFindings) -> ReportFigure {
    let panels = [draws(findings), halves(findings)].compactMap { $0 }
    let words =
      "Reliability of the sharpness against the number of draws, and the gap of each network on one "
      + "half of the evaluation images against its gap on the other half."
    return ReportFigure("reliability.svg", words) { () throws(FigureError) in
      try Figure(
        title: "How well are sharpness and gap measured?", description: words, panels: panels,
        columns: 2, panelHeight: 360
      ).svg()
    }
  }

  private static func draws(_ findings: StudyFindings) -> Panel? {
    guard let sharpness = findings.reliability.sharpness, !sharpness.curve.isEmpty else {
      return nil
    }
    let measured = Whisker(
      x: Double(sharpness.draws), value: sharpness.mean, lower: sharpness.interval.lower,
      upper: sharpness.interval.upper)
    let curve = sharpness.curve.map { Point(x: Double($0.draws), y: $0.reliability) }
    return Panel(
      title: "Sharpness: what M draws are worth",
      x: Axis("draws M for each network", scale: .logarithmic),
      y: Axis("reliability of S", domain: min(0, measured.lower)...1),
      layers: [
        Layer(.line(curve, .solid), .blue, name: "expected for M draws"),
        Layer(.horizontal(0.9, .dotted), .grey, name: "0.9, a good measure"),
        Layer(
          .whiskers([measured]), .orange,
          name: "here: M = \(NumberText.grouped(sharpness.draws)), \(ReportNumbers.level(findings))"
        ),
      ])
  }

  private static func halves(_ findings: StudyFindings) -> Panel? {
    let points = findings.controls.halfGapPoints.map { Point(x: $0.first, y: $0.second) }
    guard !points.isEmpty else { return nil }
    let r = findings.controls.halfGaps.map { " (r = \(ReportNumbers.correlation($0.value)))" } ?? ""
    let values = points.flatMap { [$0.x, $0.y] }
    let (least, greatest) = (values.reduce(.infinity, min), values.reduce(-.infinity, max))
    let ends = [Point(x: least, y: least), Point(x: greatest, y: greatest)]
    return Panel(
      title: "Gap: two halves of the images", x: Axis("gap on one half"),
      y: Axis("gap on the other half"),
      layers: [
        Layer(.line(ends, .dotted), .grey, name: "equal"),
        Layer(.points(points), .green, name: "one network\(r)"),
      ])
  }
}
