/// Places the panels of a figure in rows and columns, with plots aligned along both.
struct PanelGrid {
  private static let gap = 22.0

  var layouts: [PanelLayout] = []
  /// Height of the whole card.
  var height: Double

  init(_ figure: Figure) {
    let columns = min(figure.columns, figure.panels.count)
    let gaps = Double(columns - 1) * Self.gap
    let width = (Card.innerWidth - gaps) / Double(columns)
    let top = Card(title: figure.title, description: figure.description).contentTop
    let rows = (figure.panels.count + columns - 1) / columns
    height =
      top + Double(rows) * figure.panelHeight + Double(rows - 1) * Self.gap + Card.padding - 4

    let frames = figure.panels.indices.map { index in
      Rectangle(
        left: Card.padding + Double(index % columns) * (width + Self.gap),
        top: top + Double(index / columns) * (figure.panelHeight + Self.gap),
        width: width, height: figure.panelHeight)
    }
    let margins = zip(figure.panels, frames).map { PanelMargins(of: $0, in: $1) }
    for (index, panel) in figure.panels.enumerated() {
      var shared = margins[index]
      for other in margins.indices {
        if other % columns == index % columns { shared.widenLeft(to: margins[other]) }
        if other / columns == index / columns { shared.widenVertically(to: margins[other]) }
      }
      layouts.append(PanelLayout(panel, frame: frames[index], margins: shared))
    }
  }
}
