/// What stages, inputs, outputs, axes and parameters may be called.
enum NameRule {
  static let expected = "a letter or '_', then letters, digits, '_', '.', '-'"

  /// `[A-Za-z_][A-Za-z0-9_.-]*`, at most 200 bytes.
  static func allows(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first), name.utf8.count <= 200 else { return false }
    return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2E || $0 == 0x2D }
  }

  /// Parameters are addressed by dotted paths, so their names have no dot.
  static func allowsParameter(_ name: String) -> Bool {
    allows(name) && !name.utf8.contains(0x2E)
  }

  /// What a shell accepts as the name of a variable: `[A-Za-z_][A-Za-z0-9_]*`.
  static func allowsVariable(_ name: String) -> Bool {
    allows(name) && !name.utf8.contains(0x2E) && !name.utf8.contains(0x2D)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte >= 0x40
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
