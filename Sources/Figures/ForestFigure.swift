/// One line of a forest plot: a name, an estimate and its interval.
package struct ForestRow: Sendable, Equatable {
  package struct Estimate: Sendable, Equatable {
    package var value: Double
    package var lower: Double
    package var upper: Double

    package init(value: Double, lower: Double, upper: Double) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }

  package var label: String
  /// Nil: the row says why in `text` and draws nothing.
  package var estimate: Estimate?
  /// Stands at the right: the numbers, or why there are none.
  package var text: String
  package var color: Palette

  package init(label: String, estimate: Estimate?, text: String, color: Palette = .blue) {
    self.label = label
    self.estimate = estimate
    self.text = text
    self.color = color
  }
}

/// Estimates with intervals, one under the other on a common axis, with a reference and a shaded range.
package struct ForestFigure: Sendable {
  package var title: String
  package var description: String
  /// The horizontal axis; an interval that leaves a declared domain ends in an arrow head.
  package var axis: Axis
  package var rows: [ForestRow]
  /// Where a dashed vertical line stands.
  package var reference: Double
  /// Shaded, and named below the axis.
  package var range: ClosedRange<Double>?
  package var rangeName: String

  package init(
    title: String, description: String, axis: Axis, rows: [ForestRow], reference: Double = 0,
    range: ClosedRange<Double>? = nil, rangeName: String = ""
  ) {
    self.title = title
    self.description = description
    self.axis = axis
    self.rows = rows
    self.reference = reference
    self.range = range
    self.rangeName = rangeName
  }

  /// The SVG document; the same text for the same values, on every machine.
  package func svg() throws(FigureError) -> String {
    try check()
    let layout = ForestLayout(self)
    return Card(title: title, description: description).svg(height: layout.height) { writer in
      ForestDrawing(self, layout).draw(into: &writer)
    }
  }

  private func check() throws(FigureError) {
    guard rows.contains(where: { $0.estimate != nil }) else {
      throw .empty(figure: title, panel: axis.label)
    }
    for row in rows {
      guard let estimate = row.estimate else { continue }
      let values = [estimate.value, estimate.lower, estimate.upper]
      for (index, value) in values.enumerated() where !Drawable.contains(value) {
        throw .notFinite(figure: title, layer: row.label, index: index)
      }
    }
  }

  var domain: ClosedRange<Double> {
    let estimates = rows.compactMap(\.estimate)
    let ends = range.map { [$0.lowerBound, $0.upperBound] } ?? []
    return axis.resolvedDomain(
      for: estimates.flatMap { [$0.value, $0.lower, $0.upper] } + ends + [reference])
  }
}
