/// What programs print, made fit for showing.
package enum TerminalText {
  /// Text without terminal escapes, so that a program's output can move no cursor and set no title.
  ///
  /// Escape sequences (CSI, OSC and the like) and control characters go, except newline and tab; of a
  /// line that was overwritten with carriage returns, such as a progress bar, the last state stays.
  /// Bytes that are not UTF-8 become U+FFFD.
  package static func plain(_ bytes: some Sequence<UInt8>) -> String {
    // Bytes: to append to a view of a string's scalars copies the whole string.
    var text: [UInt8] = []
    /// Where the line that is being read begins in `text`.
    var line = 0
    var isReturned = false
    var escape = EscapeState.none
    for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
      if escape.consume(scalar) { continue }
      switch scalar {
      case "\r": isReturned = true
      case "\n":
        text.append(UInt8(ascii: "\n"))
        line = text.count
        isReturned = false
      case _ where isControl(scalar): continue
      default:
        if isReturned { text.removeSubrange(line...) }
        isReturned = false
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The last lines of some output, plain, without blank ones at the end.
  package static func lastLines(_ count: Int, of bytes: [UInt8]) -> [String] {
    // Lines of more than 4 KB are cut; no terminal shows them well.
    let text = plain(bytes.suffix(count * 4096))
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    return Array(lines.suffix(count))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\t" && (scalar.value < 32 || (127..<160).contains(scalar.value))
  }

  /// Where in an escape sequence (ECMA-48) the next character is.
  private enum EscapeState {
    case none
    /// After ESC, and after its intermediate characters.
    case escape
    /// `ESC [ … final`
    case control
    /// `ESC ] … BEL` or `ESC ] … ESC \`, likewise for `P`, `X`, `^` and `_`.
    case string
    case stringEscape

    /// Whether `scalar` belongs to an escape sequence.
    mutating func consume(_ scalar: Unicode.Scalar) -> Bool {
      switch (self, scalar.value) {
      case (.none, 0x1B): self = .escape
      case (.none, 0x9B): self = .control
      case (.none, 0x90), (.none, 0x98), (.none, 0x9D...0x9F): self = .string
      case (.none, _): return false
      case (.escape, 0x5B): self = .control
      case (.escape, 0x5D), (.escape, 0x50), (.escape, 0x58), (.escape, 0x5E...0x5F): self = .string
      case (.escape, 0x20...0x2F): break
      case (.control, 0x20...0x3F): break
      case (.string, 0x1B): self = .stringEscape
      case (.string, 0x0A), (.escape, 0x0A), (.control, 0x0A), (.stringEscape, 0x0A):
        // An unfinished sequence must not swallow the lines that follow.
        self = .none
        return false
      case (.string, 0x07), (.string, 0x9C): self = .none
      case (.string, _): break
      default: self = .none
      }
      return true
    }
  }
}
