/// Several networks of one shape, their hidden units side by side, as the evaluation wants them.
struct PackedNetworks: Sendable {
  let count: Int
  /// Hidden units of all networks, rounded up to 16.
  let units: Int
  /// In panels of [inputs][width].
  private(set) var W1: FloatStorage
  /// [units].
  private(set) var b1: FloatStorage
  /// [networks][classes][hidden].
  private(set) var W2: FloatStorage
  /// [networks][classes].
  private(set) var b2: FloatStorage

  init(_ weightSets: ArraySlice<[Float]>, _ shape: Shape, panelWidth: (Int) -> Int) {
    count = weightSets.count
    units = (weightSets.count * shape.hidden + 15) / 16 * 16
    W1 = FloatStorage(floats: shape.inputs * units)
    b1 = FloatStorage(floats: units)
    W2 = FloatStorage(floats: count * shape.classes * shape.hidden + 16)
    b2 = FloatStorage(floats: count * shape.classes)
    let panels = Self.panels(units, panelWidth)
    for (m, weights) in weightSets.enumerated() {
      pack(weights, at: m * shape.hidden, shape, panels)
      let W2start = m * shape.classes * shape.hidden
      for j in 0..<shape.hidden {
        b1[float: m * shape.hidden + j] = weights[shape.b1.lowerBound + j]
        for c in 0..<shape.classes {
          W2[float: W2start + c * shape.hidden + j] =
            weights[shape.W2.lowerBound + j * shape.classes + c]
        }
      }
      for c in 0..<shape.classes {
        b2[float: m * shape.classes + c] = weights[shape.b2.lowerBound + c]
      }
    }
  }

  /// Copies one network's W1 into the columns of its units.
  private mutating func pack(
    _ weights: [Float], at first: Int, _ shape: Shape, _ panels: [(start: Int, width: Int)]
  ) {
    let W1 = weights.span
    for j in 0..<shape.hidden {
      let panel = panels[first + j]
      let target = panel.start * shape.inputs + first + j - panel.start
      for i in 0..<shape.inputs {
        self.W1[float: target + i * panel.width] = W1[i * shape.hidden + j]
      }
    }
  }

  /// The panel of each unit.
  private static func panels(
    _ units: Int, _ panelWidth: (Int) -> Int
  ) -> [(start: Int, width: Int)] {
    var panels: [(start: Int, width: Int)] = []
    while panels.count < units {
      let panel = (start: panels.count, width: panelWidth(units - panels.count))
      panels += Array(repeating: panel, count: panel.width)
    }
    return panels
  }
}
