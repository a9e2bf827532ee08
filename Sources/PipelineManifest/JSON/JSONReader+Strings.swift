extension JSONReader {
  /// Reads a string in double quotes and complains about whatever RFC 8259 forbids in it.
  mutating func readString() { readString(quote: UInt8(ascii: "\"")) }

  mutating func readSingleQuoted() {
    let start = position
    readString(quote: UInt8(ascii: "'"))
    slip(start, "text stands in double quotes", found: "'", expected: "\"")
  }

  private mutating func readString(quote: UInt8) {
    let start = position
    var needsDecoding = false
    var isASCII = true
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote {
        position += 1
        appendLeaf(
          .string, from: start, needsDecoding: needsDecoding, isPlain: isASCII && !needsDecoding)
        return
      }
      if byte == UInt8(ascii: "\\") {
        needsDecoding = true
        readEscape()
      } else if byte >= 0x80 {
        isASCII = false
        readScalar(needsDecoding: &needsDecoding)
      } else if byte >= 0x20 {
        position += 1
      } else if byte == 0x0A || byte == 0x0D {
        break
      } else {
        slip(
          position, "a control character in a string", found: here, expected: "an escape like \\t")
        advance()
      }
    }
    unclosed(from: start)
  }

  /// A string without its closing quote ends with its line.
  private mutating func unclosed(from start: Int) {
    let end = position
    giveUp(
      start, "this string is not closed in its line",
      found: JSONText.excerpt(bytes[start..<end]), expected: "a closing quote")
    nodes.append(
      JSONNode(
        kind: .invalid, start: UInt32(start), end: UInt32(end), next: Int32(nodes.count + 1)))
  }

  private mutating func readEscape() {
    let start = position
    guard position + 1 < bytes.count else {
      position += 1
      return
    }
    let letter = bytes[position + 1]
    if letter == UInt8(ascii: "u") {
      readUnicodeEscape()
    } else if JSONText.simpleEscape(letter) != nil {
      position += 2
    } else {
      position += 1
      slip(
        start, "this escape is not in JSON", found: "\\ and \(here)",
        expected: "\\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u0000; a backslash itself is \\\\")
    }
  }

  private mutating func readUnicodeEscape() {
    let start = position
    guard let unit = JSONText.codeUnit(bytes[...], at: start + 2) else {
      slip(start, "\\u is followed by four hexadecimal digits", expected: "for example \\u00e9")
      advance(2)
      return
    }
    position += 6
    guard unit >> 11 == 0x1B else { return }
    if unit >> 10 == 0x36, position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u"),
      let low = JSONText.codeUnit(bytes[...], at: position + 2), low >> 10 == 0x37
    {
      position += 6
    } else {
      slip(
        start, "half of a surrogate pair stands alone",
        found: "\\u" + Self.hexadecimal(unit, width: 4), expected: "a pair, or the character itself"
      )
    }
  }

  /// Steps over one scalar of UTF-8, or complains about the first byte that cannot be one.
  private mutating func readScalar(needsDecoding: inout Bool) {
    let length = scalarLength(at: position)
    if length > 0 {
      position += length
      return
    }
    needsDecoding = true
    slip(
      position, "the file is not UTF-8 here",
      found: "byte 0x" + Self.hexadecimal(UInt32(bytes[position]), width: 2), expected: "UTF-8")
    advance()
    while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
  }

  /// Bytes of the scalar at `index` (two to four), or 0 where there is no valid one.
  private func scalarLength(at index: Int) -> Int {
    let first = bytes[index]
    func continues(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + distance < bytes.count && range.contains(bytes[index + distance])
    }
    switch first {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
  }
}
