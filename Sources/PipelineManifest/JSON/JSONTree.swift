import StageInterface

/// JSON to be written, members in the order given.
indirect enum JSONTree {
  case null
  case boolean(Bool)
  case integer(Int)
  case string(String)
  case value(ParameterValue)
  case array([JSONTree])
  case object([(String, JSONTree)])

  /// The text in one line.
  func text() -> String {
    var text = ""
    write(into: &text, indent: nil)
    return text
  }

  /// The text with two spaces a level and a line break at its end.
  func prettyText() -> String {
    var text = ""
    write(into: &text, indent: 0)
    return text + "\n"
  }

  private func write(into text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .boolean(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += String(number)
    case .string(let string): text += ParameterValue.string(string).description
    case .value(let value): text += value.description
    case .array(let elements):
      let isShort = elements.allSatisfy(\.isLeaf)
      Self.write(elements, "[", "]", into: &text, isShort ? nil : indent) { element, indent, text in
        element.write(into: &text, indent: indent)
      }
    case .object(let members):
      Self.write(members, "{", "}", into: &text, indent) { member, indent, text in
        text += ParameterValue.string(member.0).description
        text += indent == nil ? ":" : ": "
        member.1.write(into: &text, indent: indent)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], _ open: String, _ close: String, into text: inout String, _ indent: Int?,
    _ body: (Item, Int?, inout String) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
      body(item, indent.map { $0 + 1 }, &text)
    }
    if let indent, !items.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  private var isLeaf: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
