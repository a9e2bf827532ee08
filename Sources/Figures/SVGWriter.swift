/// Writes the elements of one SVG picture; coordinates have two decimals, texts are escaped.
struct SVGWriter {
  enum Anchor: String {
    case start
    case middle
    case end
  }

  private(set) var body = ""
  private var depth = 1

  mutating func open(_ name: String, _ attributes: [(String, String)]) {
    append(element(name, attributes) + ">")
    depth += 1
  }

  mutating func close(_ name: String) {
    depth -= 1
    append("</\(name)>")
  }

  mutating func empty(_ name: String, _ attributes: [(String, String)]) {
    append(element(name, attributes) + "/>")
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    empty("line", [("x1", xy(x1)), ("y1", xy(y1)), ("x2", xy(x2)), ("y2", xy(y2))])
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double,
    _ attributes: [(String, String)] = []
  ) {
    let place = [("x", xy(x)), ("y", xy(y)), ("width", xy(width)), ("height", xy(height))]
    empty("rect", place + attributes)
  }

  mutating func circle(_ x: Double, _ y: Double, radius: Double) {
    empty("circle", [("cx", xy(x)), ("cy", xy(y)), ("r", xy(radius))])
  }

  mutating func polyline(_ points: [(x: Double, y: Double)]) {
    empty("polyline", [("points", list(points))])
  }

  mutating func polygon(_ points: [(x: Double, y: Double)]) {
    empty("polygon", [("points", list(points))])
  }

  /// One line of text whose baseline is at `y`.
  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start,
    _ attributes: [(String, String)] = []
  ) {
    var all = [("x", xy(x)), ("y", xy(y))]
    if anchor != .start { all.append(("text-anchor", anchor.rawValue)) }
    append(element("text", all + attributes) + ">" + XMLText.escaped(text) + "</text>")
  }

  /// One line of text that reads upwards, centred on `y`, with its baseline at `x`.
  mutating func rotatedText(_ text: String, _ x: Double, _ y: Double) {
    let turned = [("transform", "translate(\(xy(x)) \(xy(y))) rotate(-90)")]
    append(element("text", turned) + ">" + XMLText.escaped(text) + "</text>")
  }

  /// A coordinate as text: at most two decimals, no trailing zeros, ASCII minus.
  private func xy(_ value: Double) -> String {
    guard let digits = DecimalDigits(value)?.rounded(toDecimals: 2) else { return "0" }
    let decimals = max(0, digits.digits.count - digits.exponent)
    return (digits.isNegative && !digits.isZero ? "-" : "")
      + digits.unsignedText(decimals: decimals)
  }

  private func list(_ points: [(x: Double, y: Double)]) -> String {
    points.map { xy($0.x) + "," + xy($0.y) }.joined(separator: " ")
  }

  private func element(_ name: String, _ attributes: [(String, String)]) -> String {
    attributes.reduce("<" + name) { $0 + " \($1.0)=\"\(XMLText.escaped($1.1))\"" }
  }

  private mutating func append(_ line: String) {
    body += String(repeating: " ", count: depth) + line + "\n"
  }
}
