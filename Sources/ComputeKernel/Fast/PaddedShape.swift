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
  /// The panels of W1, one behind the other, [inputs][width] each.
  let panels: [Panel]
  /// The weights of W1 that are neighbours both in panels and in a flat, row-major array.
  let runs: [Run]

  struct Panel {
    /// Its first float.
    var start: Int
    /// Hidden units, a multiple of 8.
    var width: Int
  }

  struct Run {
    /// Where it begins in panels.
    var padded: Int
    /// Where it begins in the flat array.
    var flat: Int
    var count: Int
  }

  init(_ shape: Shape, panelWidth: (Int) -> Int) {
    let inputs = PixelGroups.groups(ofPixels: shape.inputs) * PixelGroups.pixelsPerGroup
    self.inputs = inputs
    hidden = shape.hidden
    classes = shape.classes
    units = (shape.hidden + 7) / 8 * 8
    row = (shape.hidden + 15) / 16 * 16
    var panels: [Panel] = []
    var runs: [Run] = []
    var unit = 0
    while unit < units {
      let width = panelWidth(units - unit)
      panels.append(Panel(start: unit * inputs, width: width))
      for i in 0..<shape.inputs {
        runs.append(
          Run(
            padded: unit * inputs + i * width, flat: i * shape.hidden + unit,
            count: min(width, shape.hidden - unit)))
      }
      unit += width
    }
    self.panels = panels
    self.runs = runs
  }
}
