/// A shape with the rounding the inner loops want.
struct PaddedShape {
  /// Rows of W1: the pixels rounded up to whole groups of four.
  let inputs: Int
  let hidden: Int
  let classes: Int
  /// Hidden units in the panels of W1: rounded up to 8.
  let units: Int
  /// Floats in every other row of hidden units: rounded up to 16.
  let row: Int
  /// The panel of each hidden unit: where it begins, and how wide it is.
  private let panels: [(start: Int, width: Int)]

  init(_ shape: Shape, panelWidth: (Int) -> Int) {
    inputs = (shape.inputs + 3) / 4 * 4
    hidden = shape.hidden
    classes = shape.classes
    units = (shape.hidden + 7) / 8 * 8
    row = (shape.hidden + 15) / 16 * 16
    var panels: [(start: Int, width: Int)] = []
    while panels.count < units {
      let panel = (start: panels.count, width: panelWidth(units - panels.count))
      panels += Array(repeating: panel, count: panel.width)
    }
    self.panels = panels
  }

  /// Where W1[i][j] lies.
  func W1(_ i: Int, _ j: Int) -> Int {
    let panel = panels[j]
    return panel.start * inputs + i * panel.width + j - panel.start
  }
}
