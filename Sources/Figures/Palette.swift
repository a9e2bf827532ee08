/// The colours of all figures: told apart by colour-blind readers and in grey print.
package enum Palette: String, Sendable {
  case blue = "#1f5fa8"
  case orange = "#c8501e"
  case green = "#2b7d5b"
  case purple = "#7a4fa3"
  case grey = "#6e7781"

  /// Text.
  static let ink = "#1f2328"
  /// Secondary text and axes.
  static let muted = "#59636e"
  static let grid = "#e7eaee"
  static let card = "#ffffff"
  static let cardBorder = "#d1d9e0"
}

/// How a line is drawn.
package enum Stroke: Sendable {
  case solid
  case dashed
  case dotted

  var dashes: String? {
    switch self {
    case .solid: nil
    case .dashed: "6 4"
    case .dotted: "1.5 3.5"
    }
  }
}
