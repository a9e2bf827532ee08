extension JSONReader {
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The character at the reading position, for a message.
  var here: String {
    guard let byte = current else { return "the end of the file" }
    if byte < 0x80 {
      return byte >= 0x20 && byte < 0x7F
        ? character(byte) : "U+" + Self.hexadecimal(UInt32(byte), width: 4)
    }
    let piece = String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self)
    guard let scalar = piece.unicodeScalars.first, scalar != "\u{FFFD}" else {
      return "byte 0x" + Self.hexadecimal(UInt32(byte), width: 2)
    }
    return "'\(scalar)' (U+" + Self.hexadecimal(scalar.value, width: 4) + ")"
  }

  func character(_ byte: UInt8) -> String { "'\(Character(Unicode.Scalar(byte)))'" }

  static func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"),
      UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"):
      true
    default: byte >= 0x80
    }
  }

  /// Steps on, but never past the end: a slip may have moved there.
  mutating func advance(_ count: Int = 1) {
    position = min(position + count, bytes.count)
  }

  // MARK: Slips

  /// Tells a slip that can be read past.
  mutating func slip(
    _ offset: Int, _ message: String, found: String? = nil, expected: String? = nil
  ) {
    guard isReliable else { return }
    slips.append(JSONSlip(offset: offset, message: message, found: found, expected: expected))
    if slips.count == Self.slipLimit {
      giveUp(position, "there are too many mistakes to go on; is this file JSON?")
    }
  }

  /// Tells a slip after which nothing can be trusted, and moves to the end of the text.
  mutating func giveUp(
    _ offset: Int, _ message: String, found: String? = nil, expected: String? = nil
  ) {
    guard isReliable else { return }
    slips.append(JSONSlip(offset: offset, message: message, found: found, expected: expected))
    isReliable = false
    position = bytes.count
  }

  mutating func truncated(_ expected: String) {
    giveUp(
      bytes.count, "the file ends too early", found: "the end of the file", expected: expected)
    appendLeaf(.invalid, from: position)
  }

  mutating func appendLeaf(
    _ kind: JSONNode.Kind, from start: Int, needsDecoding: Bool = false, isPlain: Bool = false
  ) {
    nodes.append(
      JSONNode(
        kind: kind, needsDecoding: needsDecoding, isPlain: isPlain, start: UInt32(start),
        end: UInt32(position), next: Int32(nodes.count + 1)))
  }

  // MARK: White space and comments

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      case UInt8(ascii: "/"), UInt8(ascii: "#"): guard skipComment() else { return }
      default: return
      }
    }
  }

  /// Skips a comment with a complaint; false where there is none.
  private mutating func skipComment() -> Bool {
    let start = position
    let next = position + 1 < bytes.count ? bytes[position + 1] : 0
    if bytes[position] == UInt8(ascii: "#") || next == UInt8(ascii: "/") {
      while position < bytes.count, bytes[position] != 0x0A { position += 1 }
    } else if next == UInt8(ascii: "*") {
      position += 2
      while position < bytes.count,
        !(bytes[position] == UInt8(ascii: "/") && bytes[position - 1] == UInt8(ascii: "*")
          && position > start + 2)
      {
        position += 1
      }
      position = min(position + 1, bytes.count)
    } else {
      return false
    }
    slip(
      start, "JSON has no comments", found: JSONText.excerpt(bytes[start..<position]),
      expected: "a \"description\" member of the stage")
    return true
  }

  // MARK: Words

  /// Reads `true`, `false`, `null`, or a word that JSON does not know.
  mutating func readWord() {
    let start = position
    while position < bytes.count, Self.isWordByte(bytes[position]) { position += 1 }
    if start == position {
      position += 1
      appendLeaf(.invalid, from: start)
      position -= 1
      giveUp(start, "a value cannot begin like this", found: here, expected: "a value")
      return
    }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    switch word {
    case "true", "false": appendLeaf(.boolean, from: start)
    case "null": appendLeaf(.null, from: start)
    default:
      appendLeaf(.invalid, from: start)
      slip(
        start, "this word is no JSON value", found: JSONText.printable(word),
        expected: Self.advice(for: word))
    }
  }

  private static func advice(for word: String) -> String {
    switch word.lowercased() {
    case "nan", "inf", "infinity": "a finite number"
    case "true", "false": word.lowercased()
    case "none", "nil", "undefined", "null": "null"
    default: "a value; text stands in double quotes: \"\(JSONText.printable(word))\""
    }
  }

  mutating func readUnquotedKey() {
    let start = position
    while position < bytes.count, Self.isWordByte(bytes[position]) { position += 1 }
    appendLeaf(.string, from: start)
    let word = JSONText.excerpt(bytes[start..<position])
    slip(start, "a key stands in double quotes", found: word, expected: "\"\(word)\"")
  }
}
