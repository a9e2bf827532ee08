/// The texts of a panel, broken into lines that fit.
struct PanelText {
  static let tickSize = 12.0
  static let labelSize = 12.5
  static let labelLeading = 17.0
  /// Tick marks and their labels below the plot.
  static let tickRow = 28.0
  private static let titleSize = 13.0
  private static let titleLeading = 18.0
  private static let noteLeading = 17.0

  var titleLines: [String]
  var noteLines: [String]
  var xLabelLines: [String]

  init(of panel: Panel, width: Double) {
    titleLines = TextMeasure.wrap(
      panel.title ?? "", size: Self.titleSize, isBold: true, to: width)
    noteLines = panel.notes.flatMap { TextMeasure.wrap($0, size: Self.labelSize, to: width) }
    xLabelLines = TextMeasure.wrap(panel.x.label, size: Self.labelSize, to: width * 0.8)
  }

  var height: Double {
    Double(titleLines.count) * Self.titleLeading + Double(noteLines.count) * Self.noteLeading
  }

  static func yLabelLines(of panel: Panel, height: Double) -> [String] {
    TextMeasure.wrap(panel.y.label, size: labelSize, to: max(60, height))
  }

  /// Draws title and notes from `top` downwards.
  func drawHeader(left: Double, top: Double, into writer: inout SVGWriter) {
    var baseline = top
    for line in titleLines {
      baseline += Self.titleLeading
      writer.text(
        line, left, baseline - 5, .start, [("font-size", "13"), ("font-weight", "600")])
    }
    for line in noteLines {
      baseline += Self.noteLeading
      writer.text(line, left, baseline - 5, .start, [("font-size", "12.5")])
    }
  }
}
