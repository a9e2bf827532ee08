/// Splits CSV text into fields; the grammar behind ``CSVTable``.
struct CSVReader {
  /// The content of all fields, unquoted, one after the other.
  private(set) var content: [UInt8] = []
  /// Where each field ends in `content`.
  private(set) var ends: [Int] = []
  /// The line on which each row begins, the header's included.
  private(set) var lines: [Int] = []
  /// Fields of the header; nil when there is none.
  private(set) var width: Int?

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var lineStart = 0

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(bytes: [UInt8]) {
    self.bytes = bytes
    content.reserveCapacity(bytes.count)
  }

  mutating func readRows() throws(CSVError) {
    while position < bytes.count {
      lines.append(line)
      let first = ends.count
      repeat { try readField() } while skip(Self.comma)
      let found = ends.count - first
      if let width, found != width {
        throw fault("the row has \(found) fields, the header has \(width)")
      }
      width = found
      try endLine()
    }
  }

  private mutating func readField() throws(CSVError) {
    if skip(Self.quote) { try readQuoted() } else { try readBare() }
    ends.append(content.count)
  }

  private mutating func readBare() throws(CSVError) {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.comma || byte == Self.lineFeed || byte == Self.carriageReturn { return }
      if byte == Self.quote { throw fault("a quote inside a field that is not quoted") }
      content.append(byte)
      position += 1
    }
  }

  private mutating func readQuoted() throws(CSVError) {
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Self.quote, !skip(Self.quote) { return }
      content.append(byte)
      if byte == Self.lineFeed { startLine() }
    }
    throw fault("a quoted field does not end")
  }

  private mutating func endLine() throws(CSVError) {
    if position == bytes.count { return }
    if skip(Self.carriageReturn), position == bytes.count || bytes[position] != Self.lineFeed {
      throw fault("a carriage return that no line feed follows")
    }
    guard skip(Self.lineFeed) else { throw fault("text after the closing quote of a field") }
    startLine()
  }

  private mutating func startLine() {
    line += 1
    lineStart = position
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private func fault(_ message: String) -> CSVError {
    .malformed(line: line, column: position - lineStart + 1, message: message)
  }
}
