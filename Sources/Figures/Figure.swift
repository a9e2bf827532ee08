/// A picture of one or more panels in a grid, 720 pixels wide, as SVG text.
///
/// It stands on a white card with its own border, because a picture embedded with `<img>` follows the
/// reader's system and not the page's theme: so it is readable on a light and on a dark page alike.
package struct Figure: Sendable {
  package var title: String
  /// What the figure shows, in words, for those who do not see it.
  package var description: String
  package var panels: [Panel]
  package var columns: Int
  /// Height of a panel with its axes, legend and title, in pixels.
  package var panelHeight: Double

  package init(
    title: String, description: String, panels: [Panel], columns: Int = 1, panelHeight: Double = 400
  ) {
    self.title = title
    self.description = description
    self.panels = panels
    self.columns = columns
    self.panelHeight = panelHeight
  }

  /// The SVG document; the same text for the same values, on every machine.
  package func svg() throws(FigureError) -> String {
    precondition(columns >= 1 && panelHeight >= 120)
    guard !panels.isEmpty else { throw .empty(figure: title, panel: "none") }
    for panel in panels { try panel.check(figure: title) }
    let grid = PanelGrid(self)
    return Card(title: title, description: description).svg(height: grid.height) { writer in
      for layout in grid.layouts { PanelDrawing(layout).draw(into: &writer) }
    }
  }
}
