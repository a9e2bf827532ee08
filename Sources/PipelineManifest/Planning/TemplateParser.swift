/// Reads placeholders: `{inputs.x}`, `{outputs.y}`, `{params.p}`, `{axis}`; `{{` and `}}` are braces.
enum TemplateParser {
  struct Slip: Error {
    let message: String
    let found: String
  }

  /// The parts of a text.
  ///
  /// - Parameter text: As written.
  /// - Returns: Neighbouring literals are one; placeholders are not yet looked up.
  /// - Throws: ``Slip`` for a brace without its partner and an empty placeholder.
  static func parse(_ text: String) throws(Slip) -> CommandTemplate {
    var segments: [CommandTemplate.Segment] = []
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) else {
      return CommandTemplate(source: text, segments: text.isEmpty ? [] : [.literal(text)])
    }
    var literal: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isDoubled = index + 1 < bytes.count && bytes[index + 1] == byte
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}"), isDoubled {
        literal.append(byte)
        index += 2
      } else if byte == UInt8(ascii: "{") {
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
          throw Slip(
            message: "a '{' is not closed; a brace itself is written '{{'",
            found: JSONText.excerpt(bytes[index...]))
        }
        if !literal.isEmpty { segments.append(.literal(String(decoding: literal, as: UTF8.self))) }
        literal = []
        segments.append(placeholder(String(decoding: bytes[index + 1..<end], as: UTF8.self)))
        index = end + 1
      } else if byte == UInt8(ascii: "}") {
        throw Slip(
          message: "a '}' closes nothing; a brace itself is written '}}'",
          found: JSONText.excerpt(bytes[...index]))
      } else {
        literal.append(byte)
        index += 1
      }
    }
    if !literal.isEmpty { segments.append(.literal(String(decoding: literal, as: UTF8.self))) }
    return CommandTemplate(source: text, segments: segments)
  }

  private static func placeholder(_ name: String) -> CommandTemplate.Segment {
    if name.hasPrefix("inputs.") { return .input(String(name.dropFirst(7))) }
    if name.hasPrefix("outputs.") { return .output(String(name.dropFirst(8))) }
    if name.hasPrefix("params.") { return .parameter(String(name.dropFirst(7))) }
    return .axis(name)
  }
}
