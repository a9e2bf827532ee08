/// The white card every figure stands on, with its title; what is common to all of them.
struct Card {
  static let width = 720.0
  static let padding = 20.0
  private static let titleSize = 16.0
  private static let titleLeading = 21.0
  private static let fonts =
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif"

  var title: String
  var description: String

  static var innerWidth: Double { width - 2 * padding }

  private var titleLines: [String] {
    TextMeasure.wrap(title, size: Self.titleSize, isBold: true, to: Self.innerWidth)
  }

  /// Where the content below the title begins.
  var contentTop: Double { Self.padding + Double(titleLines.count) * Self.titleLeading + 4 }

  /// The document around what `draw` writes; `height` is that of the whole card.
  func svg(height: Double, draw: (inout SVGWriter) -> Void) -> String {
    var writer = SVGWriter()
    writer.rectangle(
      0.5, 0.5, Self.width - 1, height - 1,
      [("rx", "8"), ("fill", Palette.card), ("stroke", Palette.cardBorder)])
    for (index, line) in titleLines.enumerated() {
      let baseline = Self.padding + Double(index) * Self.titleLeading + Self.titleSize - 2
      writer.text(
        line, Self.padding, baseline, .start,
        [("font-size", "16"), ("font-weight", "600"), ("fill", Palette.ink)])
    }
    draw(&writer)
    let size = NumberText.fixed(height, 0)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="720" height="\(size)" \
      viewBox="0 0 720 \(size)" role="img" aria-labelledby="title description" \
      font-family="\(XMLText.escaped(Self.fonts))" font-size="12" fill="\(Palette.ink)">
       <title id="title">\(XMLText.escaped(title))</title>
       <desc id="description">\(XMLText.escaped(description))</desc>
      \(writer.body)</svg>

      """
  }
}
