/// The names of a panel's layers, set in rows above its plot, where no data can be.
struct Legend {
  struct Entry {
    var layer: Layer
    var name: String
    /// Left edge of the swatch, from the left edge of the legend.
    var left: Double
    var row: Int
  }

  static let size = 12.0
  static let rowHeight = 18.0
  static let swatchWidth = 22.0
  private static let swatchGap = 6.0
  private static let entryGap = 18.0

  var entries: [Entry] = []

  /// Sets the named layers of `panel` in as many rows as a legend of `width` pixels needs.
  init(of panel: Panel, width: Double) {
    var left = 0.0
    var row = 0
    for layer in panel.layers {
      guard let name = layer.name, !layer.isNamedAbovePlot else { continue }
      let needed = Self.swatchWidth + Self.swatchGap + TextMeasure.width(name, size: Self.size)
      if left > 0, left + needed > width {
        left = 0
        row += 1
      }
      entries.append(Entry(layer: layer, name: name, left: left, row: row))
      left += needed + Self.entryGap
    }
  }

  var height: Double { entries.last.map { Double($0.row + 1) * Self.rowHeight + 4 } ?? 0 }

  func draw(left: Double, top: Double, into writer: inout SVGWriter) {
    for entry in entries {
      let middle = top + (Double(entry.row) + 0.5) * Self.rowHeight
      entry.layer.drawSwatch(left: left + entry.left, middle: middle, into: &writer)
      let textLeft = left + entry.left + Self.swatchWidth + Self.swatchGap
      writer.text(entry.name, textLeft, middle + 4, .start, [("fill", Palette.muted)])
    }
  }
}

extension Layer {
  /// A vertical reference line has its name above the plot, where it points at the line.
  var isNamedAbovePlot: Bool {
    if case .vertical = content { return true }
    return false
  }

  fileprivate func drawSwatch(left: Double, middle: Double, into writer: inout SVGWriter) {
    let right = left + Legend.swatchWidth
    switch content {
    case .points:
      writer.open("g", LayerDrawing.dotAttributes(color))
      writer.circle((left + right) / 2, middle, radius: 4)
      writer.close("g")
    case .whiskers:
      writer.open("g", LayerDrawing.lineAttributes(color, .solid, width: 1.5))
      writer.line(left, middle, right, middle)
      writer.close("g")
      writer.open("g", [("fill", color.rawValue)])
      writer.circle((left + right) / 2, middle, radius: 3.5)
      writer.close("g")
    case .band, .stripe, .bars:
      writer.rectangle(left, middle - 6, right - left, 12, LayerDrawing.areaAttributes(self))
    case .line(_, let stroke), .horizontal(_, let stroke), .vertical(_, let stroke):
      writer.open("g", LayerDrawing.lineAttributes(color, stroke, width: 2))
      writer.line(left, middle, right, middle)
      writer.close("g")
    }
  }
}
