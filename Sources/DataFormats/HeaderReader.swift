/// A strict reader of the JSON that a safetensors header may contain.
///
/// Objects, strings and lists of counts are all there is; anything else is a fault with its offset.
/// The bytes must be valid UTF-8.
struct HeaderReader {
  private let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  func fault(_ message: String) -> SafetensorsError {
    .malformedHeader(offset: position, message: message)
  }

  /// Reads an object; `member` is called with each name and must read its value.
  mutating func readObject(
    _ member: (_ reader: inout HeaderReader, _ name: String) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    try expect("{")
    if skip("}") { return }
    repeat {
      let name = try readString()
      try expect(":")
      try member(&self, name)
    } while skip(",")
    try expect("}")
  }

  /// Reads a list of non-negative integers.
  mutating func readCounts() throws(SafetensorsError) -> [Int] {
    var counts: [Int] = []
    try expect("[")
    if skip("]") { return counts }
    repeat { counts.append(try readCount()) } while skip(",")
    try expect("]")
    return counts
  }

  mutating func readString() throws(SafetensorsError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += Array(String(try readEscape()).utf8)
      case ..<0x20: throw fault("a control character in a string")
      default: text.append(byte)
      }
    }
    throw fault("a string does not end")
  }

  mutating func expectEnd() throws(SafetensorsError) {
    skipSpace()
    if position < bytes.count { throw fault("something follows the object") }
  }

  private mutating func readCount() throws(SafetensorsError) -> Int {
    skipSpace()
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let count = Int(digits), digits == "0" || digits.first != "0" else {
      throw fault("expected a non-negative integer")
    }
    return count
  }

  private mutating func readEscape() throws(SafetensorsError) -> Character {
    switch next() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try readScalar())
    default: throw fault("an unknown escape in a string")
    }
  }

  /// Four hexadecimal digits, or eight as a surrogate pair.
  private mutating func readScalar() throws(SafetensorsError) -> Unicode.Scalar {
    let first = try readUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800...0xDBFF).contains(first), next() == UInt8(ascii: "\\"),
      next() == UInt8(ascii: "u")
    else { throw fault("half of a surrogate pair") }
    let second = try readUnit()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(
        0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    else { throw fault("half of a surrogate pair") }
    return scalar
  }

  private mutating func readUnit() throws(SafetensorsError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("\\u needs four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(SafetensorsError) {
    guard skip(character) else { throw fault("expected '\(character)'") }
  }

  /// Steps over white space and, when it comes next, over `character`.
  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func next() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }
}
