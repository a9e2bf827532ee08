extension JSONReader {
  /// Reads a number; one without fraction and exponent is an integer of 64 bits.
  mutating func readNumber() {
    let start = position
    while position < bytes.count, Self.isWordByte(bytes[position]) { position += 1 }
    let word = bytes[start..<position]
    guard let isInteger = Self.form(of: word) else {
      appendLeaf(.invalid, from: start)
      slip(
        start, "this is not how JSON writes a number", found: JSONText.excerpt(word),
        expected: Self.advice(for: word))
      return
    }
    let text = String(decoding: word, as: UTF8.self)
    if isInteger, Int64(text) == nil {
      appendLeaf(.invalid, from: start)
      slip(
        start, "this integer does not fit into 64 bits", found: JSONText.excerpt(word),
        expected: "at most \(Int64.max), or a number with an exponent (1e20)")
    } else if !isInteger, Double(text)?.isFinite != true {
      appendLeaf(.invalid, from: start)
      slip(
        start, "this number is too large", found: JSONText.excerpt(word),
        expected: "at most 1.7976931348623157e+308")
    } else {
      appendLeaf(isInteger ? .integer : .number, from: start)
    }
  }

  /// Whether a word is an integer, by the grammar of RFC 8259; nil where it is no number.
  private static func form(of word: ArraySlice<UInt8>) -> Bool? {
    var index = word.startIndex
    func peek() -> UInt8 { index < word.endIndex ? word[index] : 0 }
    func digits() -> Int {
      let start = index
      while index < word.endIndex, isDigit(word[index]) { index += 1 }
      return index - start
    }
    if peek() == UInt8(ascii: "-") { index += 1 }
    let leading = peek()
    let whole = digits()
    guard whole > 0, whole == 1 || leading != UInt8(ascii: "0") else { return nil }
    var isInteger = true
    if peek() == UInt8(ascii: ".") {
      index += 1
      isInteger = false
      guard digits() > 0 else { return nil }
    }
    if peek() | 0x20 == UInt8(ascii: "e") {
      index += 1
      isInteger = false
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { index += 1 }
      guard digits() > 0 else { return nil }
    }
    return index == word.endIndex ? isInteger : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func advice(for word: ArraySlice<UInt8>) -> String {
    let text = String(decoding: word, as: UTF8.self)
    if text.lowercased().contains("inf") || text.lowercased().contains("nan") {
      return "a finite number"
    }
    if text.hasPrefix("+") {
      return "no plus sign: \(JSONText.printable(String(text.dropFirst())))"
    }
    if text.hasPrefix(".") || text.hasPrefix("-.") { return "a digit before the point: 0.5" }
    if text.hasSuffix(".") { return "a digit after the point: 1.0" }
    if text.lowercased().hasPrefix("0x") { return "decimal digits" }
    if text.contains("_") { return "digits without '_'" }
    return "digits, then perhaps a fraction and an exponent: 12, 0.5, 1e-8"
  }
}
