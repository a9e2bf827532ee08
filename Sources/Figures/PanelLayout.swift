/// A panel with everything about it decided: where its plot lies and how values map to pixels.
struct PanelLayout {
  var panel: Panel
  var frame: Rectangle
  var plot: Rectangle
  var x: AxisScale
  var y: AxisScale
  var text: PanelText
  var legend: Legend
  var labels: PlotLabels

  init(_ panel: Panel, frame: Rectangle, margins: PanelMargins) {
    self.panel = panel
    self.frame = frame
    text = PanelText(of: panel, width: frame.width)
    legend = Legend(of: panel, width: frame.width)
    plot = Rectangle(
      left: frame.left + margins.left, top: frame.top + margins.header + margins.labels,
      width: frame.width - margins.left - margins.right, height: margins.plotHeight(in: frame))
    x = .horizontal(
      panel.x, domain: panel.xDomain, start: plot.left, end: plot.right,
      size: PanelText.tickSize, gap: 14)
    y = PanelMargins.verticalScale(panel, top: plot.top, height: plot.height)
    labels = PlotLabels(of: panel, scale: x, within: frame)
  }
}
