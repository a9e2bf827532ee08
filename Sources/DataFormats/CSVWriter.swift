/// Builds a CSV table: RFC 4180 with a header line, and lines that end in LF as texts in git do.
package struct CSVWriter: Sendable {
  /// The table so far.
  package private(set) var bytes: [UInt8] = []
  private let columnCount: Int

  /// A table with the header `columns`: at least one name, none twice, else a programming error.
  package init(columns: [String]) {
    precondition(!columns.isEmpty && Set(columns).count == columns.count, "columns need own names")
    columnCount = columns.count
    append(columns.map(CSVField.text))
  }

  /// Adds one row; it must have as many fields as there are columns.
  package mutating func append(_ fields: [CSVField]) {
    precondition(fields.count == columnCount, "a row must have a field for each column")
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(field)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ field: CSVField) {
    switch field {
    case .text(let text): append(text: text)
    case .integer(let value): bytes += Array(String(value).utf8)
    // What is not a number has a sign that differs between processors.
    case .number(let value): bytes += Array((value.isNaN ? "nan" : value.description).utf8)
    case .missing: append(text: "")
    }
  }

  private mutating func append(text: String) {
    // A lone empty field is quoted: an empty line would be no row for many readers.
    let isPlain = text.utf8.allSatisfy { ![0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    if isPlain, !(text.isEmpty && columnCount == 1) {
      bytes += Array(text.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
