/// One plot: two axes and what is drawn between them.
package struct Panel: Sendable {
  package var title: String?
  /// Lines of text between title and plot.
  package var notes: [String]
  package var x: Axis
  package var y: Axis
  /// Drawn in this order, each over those before it.
  package var layers: [Layer]

  package init(
    title: String? = nil, notes: [String] = [], x: Axis, y: Axis, layers: [Layer]
  ) {
    self.title = title
    self.notes = notes
    self.x = x
    self.y = y
    self.layers = layers
  }
}

extension Panel {
  /// Refuses a panel without data, values that are not finite, and those a logarithmic axis cannot show.
  func check(figure: String) throws(FigureError) {
    guard layers.contains(where: \.isData) else {
      throw .empty(figure: figure, panel: title ?? y.label)
    }
    for layer in layers {
      let name = layer.name ?? title ?? y.label
      for (index, place) in layer.extent.enumerated() {
        for (axis, value) in [(x, place.x), (y, place.y)] {
          guard let value else { continue }
          guard Drawable.contains(value) else {
            throw .notFinite(figure: figure, layer: name, index: index)
          }
          guard axis.scale == .linear || value > Drawable.leastPositive else {
            throw .notPositive(figure: figure, layer: name, index: index, value: value)
          }
        }
      }
    }
  }

  var xDomain: ClosedRange<Double> {
    x.resolvedDomain(for: layers.flatMap(\.extent).compactMap(\.x))
  }

  var yDomain: ClosedRange<Double> {
    y.resolvedDomain(for: layers.flatMap(\.extent).compactMap(\.y))
  }
}
