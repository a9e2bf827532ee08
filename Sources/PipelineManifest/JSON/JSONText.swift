/// Small things about the text of JSON strings.
enum JSONText {
  /// The text that a string's inner bytes stand for; lone surrogates and bytes that are no UTF-8 become
  /// U+FFFD (the reader has complained about them).
  static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < bytes.endIndex else {
        text.append(byte)
        continue
      }
      let escape = bytes[index]
      index += 1
      if escape == UInt8(ascii: "u") {
        append(unit: &index, of: bytes, to: &text)
      } else {
        text.append(simpleEscape(escape) ?? escape)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What `\n` and its like stand for; nil for letters that are no escape.
  static func simpleEscape(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "t"): 9
    default: nil
    }
  }

  /// The code unit of four hexadecimal digits at `index`, if they are there.
  static func codeUnit(_ bytes: ArraySlice<UInt8>, at index: Int) -> UInt32? {
    guard index >= bytes.startIndex, index + 4 <= bytes.endIndex else { return nil }
    var unit: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        return nil
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// Decodes `\u` escapes at `index`, a surrogate pair as one scalar.
  private static func append(
    unit index: inout Int, of bytes: ArraySlice<UInt8>, to text: inout [UInt8]
  ) {
    guard var value = codeUnit(bytes, at: index) else { return }
    index += 4
    if value >> 10 == 0x36, index + 6 <= bytes.endIndex, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u"), let low = codeUnit(bytes, at: index + 2),
      low >> 10 == 0x37
    {
      value = 0x10000 + (value & 0x3FF) << 10 + (low & 0x3FF)
      index += 6
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    text += Array(String(scalar).utf8)
  }

  /// `bytes` for a message: one line, printable, at most 48 characters.
  static func excerpt(_ bytes: ArraySlice<UInt8>) -> String {
    printable(String(decoding: bytes.prefix(256), as: UTF8.self))
  }

  /// `text` for a message: one line, printable, at most 48 characters.
  static func printable(_ text: String) -> String {
    var line = ""
    var count = 0
    for scalar in text.unicodeScalars {
      if count == 47 {
        line += "…"
        break
      }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
        if scalar == "\n" || scalar == "\r" || scalar == "\t" {
          if line.last == " " { continue }
          line += " "
        } else {
          line += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        }
      default:
        if scalar == " ", line.last == " " { continue }
        line.unicodeScalars.append(scalar)
      }
      count += 1
    }
    return line
  }
}
