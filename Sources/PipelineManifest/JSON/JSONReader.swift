/// Reads JSON by RFC 8259, and past the common slips, so that all of them are told at once.
///
/// Never crashes and never recurses deeper than ``depthLimit``, whatever the bytes.
struct JSONReader {
  /// A manifest nests some ten levels; far more is an attack on the stack.
  static let depthLimit = 100
  /// In bytes; 10,000 stages take some 3 MB.
  static let sizeLimit = 256 << 20
  /// More slips than this say that the text is something else.
  static let slipLimit = 50

  let bytes: [UInt8]
  var position = 0
  var nodes: [JSONNode] = []
  var slips: [JSONSlip] = []
  var isReliable = true
  /// Keys of the objects that are open, innermost last.
  var keys: [NodeID] = []

  /// Reads a whole text.
  static func read(_ bytes: [UInt8]) -> JSONDocument {
    var reader = JSONReader(bytes: bytes)
    reader.readText()
    if reader.nodes.isEmpty { reader.appendLeaf(.invalid, from: 0) }
    return JSONDocument(
      bytes: bytes, nodes: reader.nodes, slips: reader.slips, isReliable: reader.isReliable)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func readText() {
    guard bytes.count <= Self.sizeLimit else {
      giveUp(0, "the file is larger than \(Self.sizeLimit >> 20) MB")
      return
    }
    nodes.reserveCapacity(bytes.count / 12)
    guard readByteOrderMark() else { return }
    skipSpace()
    if position == bytes.count {
      giveUp(position, "the file is empty", expected: "an object: { \"stages\": { … } }")
      return
    }
    readValue(depth: 0)
    skipSpace()
    if position < bytes.count, isReliable {
      giveUp(position, "there is more after the end of the JSON value", found: here)
    }
  }

  /// Skips a UTF-8 mark with a complaint; false when the text is not UTF-8 at all.
  private mutating func readByteOrderMark() -> Bool {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      slip(
        0, "the file begins with a byte order mark", found: "U+FEFF",
        expected: "plain UTF-8; save the file as \"UTF-8 without BOM\"")
      position = 3
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      giveUp(0, "the file is UTF-16", expected: "UTF-8")
      return false
    }
    return true
  }

  // MARK: Values

  mutating func readValue(depth: Int) {
    guard let byte = current else { return truncated("a value") }
    switch byte {
    case UInt8(ascii: "{"): readObject(depth: depth)
    case UInt8(ascii: "["): readArray(depth: depth)
    case UInt8(ascii: "\""): readString()
    case UInt8(ascii: "'"): readSingleQuoted()
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      readNumber()
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ":"):
      slip(position, "a value is missing", found: here, expected: "a value")
      appendLeaf(.invalid, from: position)
    default: readWord()
    }
  }

  private mutating func readObject(depth: Int) {
    guard let node = open(.object, depth: depth) else { return }
    let firstKey = keys.count
    defer { keys.removeLast(keys.count - firstKey) }
    var seen = KeyIndex()
    while let closed = atClose(UInt8(ascii: "}"), of: node) {
      if closed { break }
      let key = nodes.count
      guard readKey() else { break }
      note(key, from: firstKey, &seen)
      readColon()
      readValue(depth: depth + 1)
      guard readSeparator(UInt8(ascii: "}"), after: "member") else { break }
    }
    close(node)
  }

  private mutating func readArray(depth: Int) {
    guard let node = open(.array, depth: depth) else { return }
    while let closed = atClose(UInt8(ascii: "]"), of: node) {
      if closed { break }
      readValue(depth: depth + 1)
      guard readSeparator(UInt8(ascii: "]"), after: "element") else { break }
    }
    close(node)
  }

  // MARK: Brackets and separators

  private mutating func open(_ kind: JSONNode.Kind, depth: Int) -> NodeID? {
    guard depth < Self.depthLimit else {
      giveUp(position, "values nest deeper than \(Self.depthLimit) levels")
      appendLeaf(.invalid, from: position)
      return nil
    }
    appendLeaf(kind, from: position)
    position += 1
    return nodes.count - 1
  }

  private mutating func close(_ node: NodeID) {
    nodes[node].end = UInt32(position)
    nodes[node].next = Int32(nodes.count)
  }

  /// True at the closing bracket (which is consumed), false at a member, nil at the end of the text.
  private mutating func atClose(_ bracket: UInt8, of node: NodeID) -> Bool? {
    skipSpace()
    guard isReliable else { return nil }
    guard let byte = current else {
      let what = bracket == UInt8(ascii: "}") ? "'}' for the '{'" : "']' for the '['"
      let line = SourceLines.position(of: Int(nodes[node].start), in: bytes).line
      giveUp(
        bytes.count, "the file ends too early", found: "the end of the file",
        expected: "\(what) of line \(line)")
      return nil
    }
    if byte == bracket {
      position += 1
      return true
    }
    if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
      giveUp(position, "this bracket closes nothing", found: here, expected: character(bracket))
      return nil
    }
    return false
  }

  /// Consumes the comma between members, or complains; false when the text cannot be followed.
  private mutating func readSeparator(_ bracket: UInt8, after what: String) -> Bool {
    let end = position
    skipSpace()
    guard isReliable else { return false }
    guard let byte = current, byte != bracket else { return true }
    if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
      let comma = position
      position += 1
      if byte == UInt8(ascii: ";") {
        slip(comma, "a comma separates members", found: "';'", expected: "','")
      }
      skipSpace()
      while let again = current, again == UInt8(ascii: ",") {
        slip(position, "one comma too many", found: "','")
        advance()
        skipSpace()
      }
      if let next = current, next == bracket {
        slip(comma, "a comma after the last \(what)", found: "','", expected: character(bracket))
      }
      return true
    }
    if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { return true }
    if position == end || byte == UInt8(ascii: ":") {
      giveUp(
        position, "the text cannot be read from here", found: here,
        expected: "',' or \(character(bracket))")
      return false
    }
    slip(end, "a comma is missing between two \(what)s", found: here, expected: "','")
    return true
  }

  private mutating func readColon() {
    skipSpace()
    if current == UInt8(ascii: ":") {
      position += 1
    } else if current == UInt8(ascii: "=") {
      slip(position, "a colon follows a key", found: "'='", expected: "':'")
      advance()
      if current == UInt8(ascii: ">") { position += 1 }
    } else if current != nil {
      slip(position, "a colon is missing after a key", found: here, expected: "':'")
    }
    skipSpace()
  }

  /// Reads a key as a string node; false when there is nothing like one.
  private mutating func readKey() -> Bool {
    switch current {
    case UInt8(ascii: "\""): readString()
    case UInt8(ascii: "'"): readSingleQuoted()
    case .some(let byte) where Self.isWordByte(byte): readUnquotedKey()
    default:
      giveUp(position, "a key is expected here", found: here, expected: "a key in double quotes")
      return false
    }
    return true
  }
}
