/// Reads the small part of XML that figures use; anything not well-formed is refused.
struct XMLReader {
  struct NotWellFormed: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var elements: [Picture.Element] = []
  /// For each element its attributes and those it inherits.
  private(set) var styles: [[String: String]] = []
  private var rest: Substring
  private var open: [Int] = []

  init(_ text: String) { rest = text[...] }

  mutating func read() throws -> [Picture.Element] {
    while let bracket = rest.firstIndex(of: "<") {
      try take(text: rest[..<bracket])
      guard let end = rest[bracket...].firstIndex(of: ">") else {
        throw NotWellFormed(description: "a tag does not end: \(rest[bracket...].prefix(40))")
      }
      let tag = rest[rest.index(after: bracket)..<end]
      rest = rest[rest.index(after: end)...]
      try tag.hasPrefix("/") ? close(tag.dropFirst()) : begin(tag)
    }
    try take(text: rest)
    guard open.isEmpty, !elements.isEmpty else {
      throw NotWellFormed(description: "an element is not closed")
    }
    return elements
  }

  private mutating func take(text: Substring) throws {
    let plain = try Self.unescaped(text)
    if let index = open.last {
      elements[index].text += plain
    } else if plain.contains(where: { !$0.isWhitespace }) {
      throw NotWellFormed(description: "text outside the root: \(plain)")
    }
  }

  private mutating func close(_ name: Substring) throws {
    guard let index = open.popLast(), elements[index].name == name else {
      throw NotWellFormed(description: "unexpected </\(name)>")
    }
  }

  private mutating func begin(_ tag: Substring) throws {
    guard let head = tag.wholeMatch(of: /([a-z]+)((?: [A-Za-z][A-Za-z0-9-]*="[^"<]*")*)(\/?)/)
    else {
      throw NotWellFormed(description: "not a tag: <\(tag)>")
    }
    guard !open.isEmpty || elements.isEmpty else {
      throw NotWellFormed(description: "a second root")
    }
    var attributes: [String: String] = [:]
    for pair in head.2.matches(of: /([A-Za-z][A-Za-z0-9-]*)="([^"]*)"/) {
      guard attributes.updateValue(try Self.unescaped(pair.2), forKey: String(pair.1)) == nil
      else { throw NotWellFormed(description: "attribute \(pair.1) twice in <\(tag)>") }
    }
    let inherited = open.last.map { styles[$0] } ?? [:]
    styles.append(inherited.merging(attributes) { $1 })
    elements.append(
      Picture.Element(name: String(head.1), attributes: attributes, text: ""))
    if head.3.isEmpty { open.append(elements.count - 1) }
  }

  private static func unescaped(_ text: Substring) throws -> String {
    let bare = text.replacing(/&(?:amp|lt|gt|quot|#39);/, with: "")
    guard !bare.contains("&"), !bare.unicodeScalars.contains(where: isForbidden) else {
      throw NotWellFormed(description: "what must be escaped is not: \(text.prefix(60))")
    }
    return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
      .reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\n" && scalar != "\t"
  }
}
