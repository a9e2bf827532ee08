/// Draws one layer into the plot of its panel; nothing leaves the plot.
struct LayerDrawing {
  private var layer: Layer
  private var x: AxisScale
  private var y: AxisScale
  private var plot: Rectangle

  init(_ layer: Layer, x: AxisScale, y: AxisScale, plot: Rectangle) {
    self.layer = layer
    self.x = x
    self.y = y
    self.plot = plot
  }

  func draw(into writer: inout SVGWriter) {
    switch layer.content {
    case .points(let points): drawPoints(points, into: &writer)
    case .line(let points, let stroke):
      drawLines([points.map(place)], Self.lineAttributes(layer.color, stroke), into: &writer)
    case .band(let points): drawBand(points, into: &writer)
    case .bars(let bins): drawBars(bins, into: &writer)
    case .whiskers(let whiskers): drawWhiskers(whiskers, into: &writer)
    case .vertical(let value, let stroke):
      let px = x.position(x.clamped(value))
      drawLines(
        [[(px, plot.top), (px, plot.bottom)]],
        Self.lineAttributes(layer.color, stroke, width: 1.5), into: &writer)
    case .horizontal(let value, let stroke):
      let py = y.position(y.clamped(value))
      drawLines(
        [[(plot.left, py), (plot.right, py)]],
        Self.lineAttributes(layer.color, stroke, width: 1.5), into: &writer)
    case .stripe(let range):
      let (top, bottom) = (py(range.upperBound), py(range.lowerBound))
      writer.rectangle(
        plot.left, top, plot.width, bottom - top, Self.areaAttributes(layer))
    }
  }

  private func px(_ value: Double) -> Double { x.position(x.clamped(value)) }
  private func py(_ value: Double) -> Double { y.position(y.clamped(value)) }
  private func place(_ point: Point) -> (x: Double, y: Double) { (px(point.x), py(point.y)) }

  private func drawPoints(_ points: [Point], into writer: inout SVGWriter) {
    let radius = points.count > 400 ? 2.5 : points.count > 40 ? 3.5 : 4.5
    writer.open("g", Self.dotAttributes(layer.color, isCrowded: points.count > 400))
    for point in points { writer.circle(px(point.x), py(point.y), radius: radius) }
    writer.close("g")
  }

  private func drawBand(_ points: [BandSlice], into writer: inout SVGWriter) {
    let upper = points.map { (x: px($0.x), y: py($0.upper)) }
    let lower = points.map { (x: px($0.x), y: py($0.lower)) }
    writer.open("g", Self.areaAttributes(layer))
    writer.polygon(upper + lower.reversed())
    writer.close("g")
  }

  private func drawBars(_ bins: Bins, into writer: inout SVGWriter) {
    writer.open("g", Self.areaAttributes(layer))
    for bar in bins.bars where bar.count > 0 {
      let (left, right) = (px(bar.lower), px(bar.upper))
      let (top, bottom) = (py(Double(bar.count)), py(0))
      writer.rectangle(left + 0.5, top, max(0.5, right - left - 1), bottom - top)
    }
    writer.close("g")
  }

  private func drawWhiskers(_ whiskers: [Whisker], into writer: inout SVGWriter) {
    let lines = whiskers.map { whisker in
      [(x: px(whisker.x), y: py(whisker.lower)), (x: px(whisker.x), y: py(whisker.upper))]
    }
    let isCrowded = whiskers.count > 40
    drawLines(
      lines,
      Self.lineAttributes(layer.color, .solid, width: isCrowded ? 1 : 2)
        + [("stroke-opacity", isCrowded ? "0.55" : "1")],
      into: &writer)
    let radius = isCrowded ? 2.2 : 4
    writer.open("g", [("fill", layer.color.rawValue)])
    for whisker in whiskers { writer.circle(px(whisker.x), py(whisker.value), radius: radius) }
    writer.close("g")
  }

  private func drawLines(
    _ lines: [[(x: Double, y: Double)]], _ attributes: [(String, String)],
    into writer: inout SVGWriter
  ) {
    writer.open("g", attributes)
    for line in lines { writer.polyline(line) }
    writer.close("g")
  }
}

extension LayerDrawing {
  static func dotAttributes(_ color: Palette, isCrowded: Bool = false) -> [(String, String)] {
    [("fill", color.rawValue), ("fill-opacity", isCrowded ? "0.35" : "0.55")]
  }

  static func lineAttributes(
    _ color: Palette, _ stroke: Stroke, width: Double = 2
  ) -> [(String, String)] {
    let solid = [
      ("fill", "none"), ("stroke", color.rawValue), ("stroke-width", NumberText.fixed(width, 1)),
      ("stroke-linejoin", "round"),
    ]
    return stroke.dashes.map { solid + [("stroke-dasharray", $0)] } ?? solid
  }

  static func areaAttributes(_ layer: Layer) -> [(String, String)] {
    let opacity =
      switch layer.content {
      case .bars: "0.75"
      case .stripe: "0.1"
      default: "0.18"
      }
    return [("fill", layer.color.rawValue), ("fill-opacity", opacity)]
  }
}
