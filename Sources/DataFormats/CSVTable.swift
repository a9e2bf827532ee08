/// A table read from CSV text: a header and rows of equal length.
///
/// The grammar is that of RFC 4180, with LF or CRLF at the end of a line. Nothing is guessed: a quote
/// inside a bare field, a row of another length or a second column of the same name is an error.
package struct CSVTable: Sendable, Equatable {
  package let columns: [String]
  package var rowCount: Int { lines.count }

  // All cells, unquoted, one after the other: large tables stay in two allocations.
  private let content: [UInt8]
  private let ends: [Int]
  /// The line on which each row begins, from 1.
  private let lines: [Int]

  /// The table that `bytes` hold.
  package init(parsing bytes: [UInt8]) throws(CSVError) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
    var reader = CSVReader(bytes: bytes)
    try reader.readRows()
    guard let width = reader.width else { throw .noHeader }
    content = reader.content
    ends = reader.ends
    lines = Array(reader.lines.dropFirst())
    var columns: [String] = []
    for index in 0..<width {
      columns.append(Self.text(reader.content, reader.ends, index))
    }
    var seen: Set<String> = []
    for column in columns where !seen.insert(column).inserted { throw .duplicateColumn(column) }
    self.columns = columns
  }

  /// The text of one cell; both indices must be in range.
  package func text(row: Int, column: Int) -> String {
    precondition((0..<rowCount).contains(row) && (0..<columns.count).contains(column))
    return Self.text(content, ends, (row + 1) * columns.count + column)
  }

  /// The position of the column called `name`.
  package func index(of name: String) throws(CSVError) -> Int {
    guard let index = columns.firstIndex(of: name) else {
      throw .missingColumn(name, present: columns)
    }
    return index
  }

  /// Every cell of a column, converted by `convert`; nil from it is a ``CSVError/badValue``.
  func values<Value>(
    _ name: String, expected: String, _ convert: (String) -> Value?
  ) throws(CSVError) -> [Value] {
    let column = try index(of: name)
    var values: [Value] = []
    values.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      let text = text(row: row, column: column)
      guard let value = convert(text) else {
        throw .badValue(line: lines[row], column: name, found: text, expected: expected)
      }
      values.append(value)
    }
    return values
  }

  private static func text(_ content: [UInt8], _ ends: [Int], _ field: Int) -> String {
    String(decoding: content[(field == 0 ? 0 : ends[field - 1])..<ends[field]], as: UTF8.self)
  }
}
