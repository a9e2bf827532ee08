/// One cell to be written: text, an integer, a double in its shortest form, or nothing.
package enum CSVField: Sendable, Equatable {
  case text(String)
  case integer(Int)
  /// Written with as few digits as read back to the same double; `nan`, `inf`, `-inf` otherwise.
  case number(Double)
  /// An empty cell.
  case missing

  package static func number(_ value: Double?) -> CSVField {
    guard let value else { return .missing }
    return .number(value)
  }
}

extension CSVField: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
}
