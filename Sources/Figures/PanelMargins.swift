/// The room a panel needs around its plot for everything that must not lie on the data.
struct PanelMargins: Equatable {
  /// Title, notes and legend.
  var header: Double
  /// Names of vertical reference lines.
  var labels: Double
  var left: Double
  var right: Double
  var bottom: Double

  init(of panel: Panel, in frame: Rectangle) {
    let text = PanelText(of: panel, width: frame.width)
    header = text.height + Legend(of: panel, width: frame.width).height + 4
    labels = Double(PlotLabels.maximumRows(of: panel)) * PlotLabels.rowHeight + 6
    bottom = PanelText.tickRow + Double(text.xLabelLines.count) * PanelText.labelLeading
    right = 10
    left = 0
    let height = plotHeight(in: frame)
    let scale = Self.verticalScale(panel, top: 0, height: height)
    let widest =
      scale.ticks.map { TextMeasure.width($0.label, size: PanelText.tickSize) }.max() ?? 0
    let lines = PanelText.yLabelLines(of: panel, height: height).count
    left = widest + 10 + Double(lines) * PanelText.labelLeading + 4
  }

  func plotHeight(in frame: Rectangle) -> Double {
    max(40, frame.height - header - labels - bottom)
  }

  mutating func widenLeft(to other: PanelMargins) {
    left = max(left, other.left)
  }

  mutating func widenVertically(to other: PanelMargins) {
    header = max(header, other.header)
    labels = max(labels, other.labels)
    bottom = max(bottom, other.bottom)
  }

  /// The vertical axis of `panel` over `height` pixels below `top`.
  static func verticalScale(_ panel: Panel, top: Double, height: Double) -> AxisScale {
    AxisScale(
      panel.y, domain: panel.yDomain, start: top + height, end: top,
      atMost: max(2, min(8, Int(height / 26))))
  }
}
