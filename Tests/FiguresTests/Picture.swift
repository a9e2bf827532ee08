import Foundation

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

  var elements: [Element] = []
  /// Boxes of the texts that are not turned, as an ordinary font would set them.
  var textBoxes: [Box] = []

  init(_ svg: String) throws {
    let parser = XMLParserBox()
    elements = try parser.parse(svg)
    textBoxes = parser.boxes
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }
}

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads well-formed XML only; anything else throws.
private final class XMLParserBox: NSObject, XMLParserDelegate {
  private var elements: [Picture.Element] = []
  private var openIndices: [Int] = []
  private var inherited: [[String: String]] = [[:]]
  fileprivate var boxes: [Picture.Box] = []

  func parse(_ svg: String) throws -> [Picture.Element] {
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    return elements
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    openIndices.append(elements.count)
    inherited.append((inherited.last ?? [:]).merging(attributes) { $1 })
    elements.append(Picture.Element(name: name, attributes: attributes, text: ""))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let index = openIndices.last { elements[index].text += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard let index = openIndices.popLast(), let style = inherited.popLast() else { return }
    let element = elements[index]
    if name == "text", element.attributes["transform"] == nil { addBox(of: element, style: style) }
  }

  private func addBox(of element: Picture.Element, style: [String: String]) {
    let size = style["font-size"].flatMap(Double.init) ?? 12
    let width = Double(element.text.count) * size * 0.55
    let (x, baseline) = (element.number("x"), element.number("y"))
    let left =
      switch style["text-anchor"] {
      case "middle": x - width / 2
      case "end": x - width
      default: x
      }
    boxes.append(
      Picture.Box(
        text: element.text, left: left, right: left + width, top: baseline - size * 0.75,
        bottom: baseline + size * 0.2))
  }
}
