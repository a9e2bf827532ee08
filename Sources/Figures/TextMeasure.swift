/// How wide a text may become, whichever sans-serif font the reader's machine has.
///
/// Widths are those of DejaVu Sans, the widest font of the usual stacks, so what does not overlap
/// here overlaps nowhere.
enum TextMeasure {
  /// Pixels of `text` at `size` pixels.
  static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    let total = text.unicodeScalars.reduce(0) { $0 + units(of: $1) }
    return Double(total) * size / 1000 * (isBold ? 1.13 : 1)
  }

  /// `text` in lines of at most `width` pixels, broken at spaces; a longer word keeps its own line.
  static func wrap(_ text: String, size: Double, isBold: Bool = false, to width: Double) -> [String]
  {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let line = lines.last,
        Self.width(line + " " + word, size: size, isBold: isBold) <= width
      {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// Thousandths of the font size.
  private static func units(of scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case "i", "j", "l", "I", "J", "'", " ", "\u{A0}", ".", ",", ":", ";", "|", "/", "·", "’", "-":
      345
    case "f", "t", "r", "(", ")", "[", "]", "!", "¹", "²", "³", "⁰", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹":
      415
    case "s", "c", "z", "–", "⁻", "*", "\"", "“", "”": 550
    case "w", "+", "−", "=", "<", ">", "×", "±", "≤", "≥", "≈", "#": 840
    case "m", "M", "W", "%", "—", "@", "…": 1_000
    case "A"..."Z", "&", "Δ": 790
    default: 640
    }
  }
}
