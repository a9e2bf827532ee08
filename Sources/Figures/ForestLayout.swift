/// Where the rows, columns and the axis of a forest plot lie.
struct ForestLayout {
  struct Row {
    var lines: [String]
    var top: Double
    var height: Double

    var middle: Double { top + height / 2 }
  }

  static let textSize = 12.5
  static let leading = 16.0

  var rows: [Row] = []
  var plot: Rectangle
  var scale: AxisScale
  /// Left edge of the column of numbers.
  var textLeft: Double
  var axisLabelLines: [String]
  var height: Double

  init(_ figure: ForestFigure) {
    let labelWidth = min(
      240, figure.rows.map { TextMeasure.width($0.label, size: Self.textSize) }.max() ?? 0)
    let textWidth = figure.rows.map { TextMeasure.width($0.text, size: Self.textSize) }.max() ?? 0
    var top = Card(title: figure.title, description: figure.description).contentTop + 6
    let plotTop = top
    for row in figure.rows {
      let lines = TextMeasure.wrap(row.label, size: Self.textSize, to: labelWidth + 1)
      let height = Double(max(1, lines.count)) * Self.leading + 14
      rows.append(Row(lines: lines, top: top, height: height))
      top += height
    }
    let left = Card.padding + labelWidth + 18
    textLeft = Card.width - Card.padding - textWidth
    plot = Rectangle(
      left: left, top: plotTop, width: max(80, textLeft - 18 - left), height: top - plotTop)
    scale = .horizontal(
      figure.axis, domain: figure.domain, start: plot.left, end: plot.right,
      size: PanelText.tickSize, gap: 14)
    axisLabelLines = TextMeasure.wrap(
      figure.axis.label, size: PanelText.labelSize, to: Card.innerWidth)
    let footer = figure.range == nil ? 0 : Legend.rowHeight + 4
    height =
      plot.bottom + PanelText.tickRow + Double(axisLabelLines.count) * PanelText.labelLeading
      + footer + Card.padding - 4
  }
}
