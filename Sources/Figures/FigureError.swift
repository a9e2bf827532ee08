/// Why a figure cannot be drawn; every case names the figure and what is wrong with its data.
package enum FigureError: Error, Equatable, CustomStringConvertible {
  /// No layer has anything to show.
  case empty(figure: String, panel: String)
  /// A value is NaN, infinite, or beyond 10³⁰⁰.
  case notFinite(figure: String, layer: String, index: Int)
  /// A logarithmic axis was given zero or less.
  case notPositive(figure: String, layer: String, index: Int, value: Double)

  package var description: String {
    switch self {
    case .empty(let figure, let panel):
      "figure '\(figure)', panel '\(panel)': there is nothing to draw; give it at least one point"
    case .notFinite(let figure, let layer, let index):
      "figure '\(figure)', layer '\(layer)': value \(index) is not a finite number; "
        + "leave it out or mend what computed it"
    case .notPositive(let figure, let layer, let index, let value):
      "figure '\(figure)', layer '\(layer)': value \(index) is \(value), "
        + "which a logarithmic axis cannot show; use a linear axis or leave it out"
    }
  }
}
