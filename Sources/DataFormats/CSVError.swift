/// Why a text is not the CSV table that was expected.
package enum CSVError: Error, Equatable, CustomStringConvertible {
  /// Bytes that break the grammar; `line` and `column` count from 1, `column` in bytes.
  case malformed(line: Int, column: Int, message: String)
  case noHeader
  case notUTF8
  case duplicateColumn(String)
  case missingColumn(String, present: [String])
  /// A cell that is not of the type its column was asked for.
  case badValue(line: Int, column: String, found: String, expected: String)

  package var description: String {
    switch self {
    case .malformed(let line, let column, let message):
      "the CSV table is malformed at line \(line), column \(column): \(message)"
    case .noHeader:
      "the CSV table is empty: it has no header line"
    case .notUTF8:
      "the CSV table is not valid UTF-8"
    case .duplicateColumn(let name):
      "the CSV table has two columns called '\(name)'"
    case .missingColumn(let name, let present):
      "the CSV table has no column '\(name)'; it has \(present.joined(separator: ", "))"
    case .badValue(let line, let column, let found, let expected):
      "line \(line) of the CSV table has '\(found)' in column '\(column)'; expected \(expected)"
    }
  }
}
