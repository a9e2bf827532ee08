/// What a test needs to know of an SVG document, read back from its text.
struct Picture {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text: String

    func number(_ attribute: String) -> Double {
      attributes[attribute].flatMap(Double.init) ?? .nan
    }
  }

  /// The place of a text.
  struct Box {
    var text: String
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  var elements: [Element]
  /// Boxes of the texts that are not turned, as an ordinary font would set them.
  var textBoxes: [Box]

  init(_ svg: String) throws {
    var reader = XMLReader(svg)
    elements = try reader.read()
    textBoxes = reader.styles.indices.compactMap { index in
      Self.box(of: reader.elements[index], style: reader.styles[index])
    }
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  private static func box(of element: Element, style: [String: String]) -> Box? {
    guard element.name == "text", element.attributes["transform"] == nil else { return nil }
    let size = style["font-size"].flatMap(Double.init) ?? 12
    let width = Double(element.text.count) * size * 0.55
    let (x, baseline) = (element.number("x"), element.number("y"))
    let left =
      switch style["text-anchor"] {
      case "middle": x - width / 2
      case "end": x - width
      default: x
      }
    return Box(
      text: element.text, left: left, right: left + width, top: baseline - size * 0.75,
      bottom: baseline + size * 0.2)
  }
}
