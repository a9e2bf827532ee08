/// Offsets of a text as lines and columns.
enum SourceLines {
  static func position(of offset: Int, in bytes: [UInt8]) -> SourcePosition {
    positions(of: [offset], in: bytes)[0]
  }

  /// The positions of ascending offsets, in one pass over the text.
  ///
  /// A line ends with a line feed; columns count Unicode scalars, of which continuation bytes are no part.
  static func positions(of offsets: [Int], in bytes: [UInt8]) -> [SourcePosition] {
    var line = 1
    var column = 1
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return offsets.map { offset in
      while index < min(offset, bytes.count) {
        if bytes[index] == 0x0A {
          line += 1
          column = 1
        } else if bytes[index] & 0xC0 != 0x80 {
          column += 1
        }
        index += 1
      }
      return SourcePosition(line: line, column: column, offset: min(offset, bytes.count))
    }
  }
}
