/// Names of vertical reference lines, set above the plot in as many rows as keep them apart.
struct PlotLabels {
  struct Label {
    var text: String
    var left: Double
    var anchor: Double
    var row: Int
    var color: Palette
  }

  static let size = 11.5
  static let rowHeight = 15.0
  private static let gap = 10.0

  var labels: [Label] = []

  /// How many rows might be needed at most; known before the horizontal scale is.
  static func maximumRows(of panel: Panel) -> Int {
    panel.layers.count { $0.isNamedAbovePlot && $0.name != nil }
  }

  init(of panel: Panel, scale: AxisScale, within frame: Rectangle) {
    var freeFrom: [Double] = []
    let named = panel.layers.compactMap { layer -> (x: Double, name: String, color: Palette)? in
      guard case .vertical(let x, _) = layer.content, let name = layer.name else { return nil }
      return (scale.position(scale.clamped(x)), name, layer.color)
    }
    for (x, name, color) in named.sorted(by: { $0.x < $1.x }) {
      let width = TextMeasure.width(name, size: Self.size)
      let left = max(frame.left, min(x - width / 2, frame.right - width))
      let row = freeFrom.firstIndex { $0 <= left } ?? freeFrom.count
      if row == freeFrom.count { freeFrom.append(0) }
      freeFrom[row] = left + width + Self.gap
      labels.append(Label(text: name, left: left + width / 2, anchor: x, row: row, color: color))
    }
  }

  /// Draws the labels so that row 0 stands directly above `bottom`, each with a short line down to the plot.
  func draw(bottom: Double, into writer: inout SVGWriter) {
    for label in labels {
      let baseline = bottom - 5 - Double(label.row) * Self.rowHeight
      writer.text(
        label.text, label.left, baseline, .middle,
        [("font-size", "11.5"), ("fill", label.color.rawValue)])
    }
  }
}
