/// Draws a forest plot: names at the left, intervals in the middle, numbers at the right.
struct ForestDrawing {
  private var figure: ForestFigure
  private var layout: ForestLayout

  init(_ figure: ForestFigure, _ layout: ForestLayout) {
    self.figure = figure
    self.layout = layout
  }

  func draw(into writer: inout SVGWriter) {
    drawRange(into: &writer)
    drawGrid(into: &writer)
    for (row, place) in zip(figure.rows, layout.rows) {
      draw(row, at: place, into: &writer)
    }
    drawAxis(into: &writer)
  }

  private var rangeAttributes: [(String, String)] {
    [("fill", Palette.green.rawValue), ("fill-opacity", "0.1")]
  }

  private func px(_ value: Double) -> Double {
    layout.scale.position(layout.scale.clamped(value))
  }

  private func drawRange(into writer: inout SVGWriter) {
    guard let range = figure.range else { return }
    let (plot, left, right) = (layout.plot, px(range.lowerBound), px(range.upperBound))
    writer.rectangle(left, plot.top, right - left, plot.height, rangeAttributes)
    let top =
      plot.bottom + PanelText.tickRow
      + Double(layout.axisLabelLines.count) * PanelText.labelLeading + 6
    writer.rectangle(plot.left, top, Legend.swatchWidth, 12, rangeAttributes)
    writer.text(
      figure.rangeName, plot.left + Legend.swatchWidth + 6, top + 10, .start,
      [("fill", Palette.muted)])
  }

  private func drawGrid(into writer: inout SVGWriter) {
    let plot = layout.plot
    writer.open("g", [("stroke", Palette.grid)])
    for tick in layout.scale.ticks {
      let x = layout.scale.position(tick.value)
      writer.line(x, plot.top, x, plot.bottom)
    }
    writer.close("g")
    let zero = px(figure.reference)
    writer.open("g", [("stroke", Palette.muted), ("stroke-dasharray", "4 3")])
    writer.line(zero, plot.top, zero, plot.bottom)
    writer.close("g")
  }

  private func draw(_ row: ForestRow, at place: ForestLayout.Row, into writer: inout SVGWriter) {
    let first =
      place.middle - Double(place.lines.count - 1) * ForestLayout.leading / 2 + 4.5
    for (index, line) in place.lines.enumerated() {
      let baseline = first + Double(index) * ForestLayout.leading
      writer.text(line, Card.padding, baseline, .start, [("font-size", "12.5")])
    }
    writer.text(
      row.text, layout.textLeft, place.middle + 4.5, .start,
      [("font-size", "12.5"), ("fill", Palette.muted)])
    guard let estimate = row.estimate else { return }
    writer.open("g", LayerDrawing.lineAttributes(row.color, .solid))
    writer.line(px(estimate.lower), place.middle, px(estimate.upper), place.middle)
    for (value, inward) in [(estimate.lower, 1.0), (estimate.upper, -1.0)] {
      drawEnd(of: value, inward: inward, at: place.middle, into: &writer)
    }
    writer.close("g")
    guard layout.scale.domain.contains(estimate.value) else { return }
    writer.open("g", [("fill", row.color.rawValue)])
    writer.circle(px(estimate.value), place.middle, radius: 4.5)
    writer.close("g")
  }

  /// A short bar where an interval ends, an arrow head where it leaves the axis.
  private func drawEnd(
    of value: Double, inward: Double, at middle: Double, into writer: inout SVGWriter
  ) {
    let x = px(value)
    if layout.scale.domain.contains(value) {
      writer.line(x, middle - 4, x, middle + 4)
    } else {
      writer.polyline([(x + inward * 6, middle - 5), (x, middle), (x + inward * 6, middle + 5)])
    }
  }

  private func drawAxis(into writer: inout SVGWriter) {
    let plot = layout.plot
    writer.open("g", [("stroke", Palette.muted)])
    writer.line(plot.left, plot.bottom, plot.right, plot.bottom)
    for tick in layout.scale.ticks {
      let x = layout.scale.position(tick.value)
      writer.line(x, plot.bottom, x, plot.bottom + 5)
    }
    writer.close("g")
    writer.open("g", [("fill", Palette.muted), ("text-anchor", "middle")])
    for tick in layout.scale.ticks {
      writer.text(tick.label, layout.scale.position(tick.value), plot.bottom + 19)
    }
    writer.close("g")
    writer.open("g", [("font-size", "12.5"), ("text-anchor", "middle")])
    for (index, line) in layout.axisLabelLines.enumerated() {
      let half = TextMeasure.width(line, size: PanelText.labelSize) / 2
      let middle = plot.left + plot.width / 2
      let x = min(max(middle, Card.padding + half), Card.width - Card.padding - half)
      let baseline = plot.bottom + PanelText.tickRow + 11 + Double(index) * PanelText.labelLeading
      writer.text(line, x, baseline)
    }
    writer.close("g")
  }
}
