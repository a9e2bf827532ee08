/// Draws one panel: header, grid, layers, axes.
struct PanelDrawing {
  private var layout: PanelLayout

  init(_ layout: PanelLayout) { self.layout = layout }

  func draw(into writer: inout SVGWriter) {
    let (frame, plot) = (layout.frame, layout.plot)
    layout.text.drawHeader(left: frame.left, top: frame.top, into: &writer)
    layout.legend.draw(left: frame.left, top: frame.top + layout.text.height, into: &writer)
    drawGrid(into: &writer)
    for layer in layout.panel.layers {
      LayerDrawing(layer, x: layout.x, y: layout.y, plot: plot).draw(into: &writer)
    }
    drawAxes(into: &writer)
    layout.labels.draw(bottom: plot.top, into: &writer)
  }

  private func drawGrid(into writer: inout SVGWriter) {
    let plot = layout.plot
    writer.open("g", [("stroke", Palette.grid)])
    for tick in layout.y.ticks {
      let y = layout.y.position(tick.value)
      writer.line(plot.left, y, plot.right, y)
    }
    for tick in layout.x.ticks {
      let x = layout.x.position(tick.value)
      writer.line(x, plot.top, x, plot.bottom)
    }
    writer.close("g")
  }

  private func drawAxes(into writer: inout SVGWriter) {
    let plot = layout.plot
    writer.open("g", [("stroke", Palette.muted)])
    writer.line(plot.left, plot.bottom, plot.right, plot.bottom)
    writer.line(plot.left, plot.top, plot.left, plot.bottom)
    for value in layout.x.ticks.map(\.value) {
      let x = layout.x.position(value)
      writer.line(x, plot.bottom, x, plot.bottom + 5)
    }
    for value in layout.x.minorTicks {
      let x = layout.x.position(value)
      writer.line(x, plot.bottom, x, plot.bottom + 3)
    }
    for value in layout.y.ticks.map(\.value) {
      let y = layout.y.position(value)
      writer.line(plot.left - 5, y, plot.left, y)
    }
    for value in layout.y.minorTicks {
      let y = layout.y.position(value)
      writer.line(plot.left - 3, y, plot.left, y)
    }
    writer.close("g")
    drawTickLabels(into: &writer)
    drawAxisLabels(into: &writer)
  }

  private func drawTickLabels(into writer: inout SVGWriter) {
    let plot = layout.plot
    writer.open("g", [("fill", Palette.muted), ("text-anchor", "middle")])
    for tick in layout.x.ticks {
      writer.text(tick.label, layout.x.position(tick.value), plot.bottom + 19)
    }
    writer.close("g")
    writer.open("g", [("fill", Palette.muted), ("text-anchor", "end")])
    for tick in layout.y.ticks {
      writer.text(tick.label, plot.left - 9, layout.y.position(tick.value) + 4)
    }
    writer.close("g")
  }

  private func drawAxisLabels(into writer: inout SVGWriter) {
    let plot = layout.plot
    writer.open("g", [("font-size", "12.5"), ("text-anchor", "middle")])
    for (index, line) in layout.text.xLabelLines.enumerated() {
      let baseline = plot.bottom + PanelText.tickRow + 11 + Double(index) * PanelText.labelLeading
      writer.text(line, plot.left + plot.width / 2, baseline)
    }
    let lines = PanelText.yLabelLines(of: layout.panel, height: plot.height)
    let middle = plot.top + plot.height / 2
    for (index, line) in lines.enumerated() {
      let x = layout.frame.left + 12 + Double(index) * PanelText.labelLeading
      writer.rotatedText(line, x, middle)
    }
    writer.close("g")
  }
}
