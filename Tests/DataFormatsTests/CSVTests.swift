import DataFormats
import Testing

struct CSVTests {
  private func table(_ text: String) throws(CSVError) -> CSVTable {
    try CSVTable(parsing: Array(text.utf8))
  }

  @Test func writesWhatItReads() throws {
    var writer = CSVWriter(columns: ["name", "a \"b\",c", "x"])
    writer.append(["plain", 7, .number(0.1)])
    writer.append(["with, comma", -1, .number(1e-5)])
    writer.append(["two\nlines", .missing, .number(5)])
    writer.append(["", 0, .number(nil)])
    let expected = """
      name,"a ""b"",c",x
      plain,7,0.1
      "with, comma",-1,1e-05
      "two
      lines",,5.0
      ,0,

      """
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    let back = try CSVTable(parsing: writer.bytes)
    #expect(back.columns == ["name", "a \"b\",c", "x"])
    #expect(try back.strings("name") == ["plain", "with, comma", "two\nlines", ""])
    #expect(try back.optionalDoubles("x") == [0.1, 1e-5, 5, nil])
  }

  @Test func doublesComeBackToTheBit() throws {
    let values = [
      0.1, 1.0 / 3, -0.0, Double.leastNonzeroMagnitude, 1.7976931348623157e308, 123456789.123,
      .infinity, -.infinity,
    ]
    var writer = CSVWriter(columns: ["x"])
    for value in values { writer.append([.number(value)]) }
    writer.append([.number(-Double.nan)])
    #expect(writer.bytes.suffix(5) == Array("\nnan\n".utf8))
    let back = try CSVTable(parsing: writer.bytes).doubles("x")
    #expect(back.dropLast().map(\.bitPattern) == values.map(\.bitPattern))
    #expect(back.last?.isNaN == true)
  }

  @Test func aLoneEmptyFieldIsARow() throws {
    var writer = CSVWriter(columns: ["only"])
    writer.append([.missing])
    writer.append(["x"])
    #expect(try CSVTable(parsing: writer.bytes).strings("only") == ["", "x"])
  }

  @Test(arguments: ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,2", "\"a\",\"b\"\r\n\"1\",\"2\""])
  func lineEndsAndQuotesAreFree(text: String) throws {
    let table = try table(text)
    #expect(table.columns == ["a", "b"])
    #expect(table.rowCount == 1)
    #expect(try table.integers("b") == [2])
    #expect(table.text(row: 0, column: 0) == "1")
  }

  @Test(arguments: [
    ("a,b\n1\n", 2, 2, "the row has 1 fields"), ("a,b\n1,2,3\n", 2, 6, "the row has 3 fields"),
    ("a,b\n1,2\n\n3,4\n", 3, 1, "the row has 1 fields"), ("a\nx\"y\n", 2, 2, "not quoted"),
    ("a\n\"x\"y\n", 2, 4, "after the closing quote"), ("a\n\"x\n", 3, 1, "does not end"),
    ("a\nx\ry\n", 2, 3, "carriage return"),
  ])
  func malformedTextIsLocated(text: String, line: Int, column: Int, message: String) {
    let error = #expect(throws: CSVError.self) { try table(text) }
    guard case .malformed(line, column, let found) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found.contains(message))
  }

  @Test func tablesWithoutAUsableHeaderAreRefused() {
    #expect(throws: CSVError.noHeader) { try table("") }
    #expect(throws: CSVError.duplicateColumn("a")) { try table("a,b,a\n") }
    #expect(throws: CSVError.notUTF8) { try CSVTable(parsing: [0x61, 0xff]) }
  }

  @Test func cellsOfAnotherTypeAreLocated() throws {
    let table = try table("a,b\n\"x\ny\",1\nz,0x10\n")
    #expect(throws: CSVError.missingColumn("c", present: ["a", "b"])) { try table.strings("c") }
    #expect(
      throws: CSVError.badValue(line: 4, column: "b", found: "0x10", expected: "a number")
    ) { try table.doubles("b") }
    #expect(
      throws: CSVError.badValue(line: 2, column: "a", found: "x\ny", expected: "an integer")
    ) { try table.integers("a") }
  }

  @Test(arguments: ["+1", " 1", "1 ", "1.0", "", "9223372036854775808"])
  func integersAreStrict(text: String) throws {
    let table = try table("a\n\"\(text)\"\n")
    #expect(throws: CSVError.self) { try table.integers("a") }
  }

  @Test(arguments: ["", " 1", "1,0", "infinity", "NaN", "nan(1)", "0x1p3", "1e", "--1"])
  func doublesAreStrict(text: String) throws {
    let table = try table("a\n\"\(text)\"\n")
    #expect(throws: CSVError.self) { try table.doubles("a") }
  }
}
