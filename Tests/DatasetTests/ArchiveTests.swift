import DataFormats
import Dataset
import Testing

/// Hostile archives and tables: refused, whatever byte was changed or is missing.
struct ArchiveTests {
  /// A zip with one stored member `x.csv` holding `hi`.
  private let archive: [UInt8] =
    [0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + checkSum + [2, 0, 0, 0, 2, 0, 0, 0]
    + [5, 0, 0, 0] + Array("x.csvhi".utf8)
    + [0x50, 0x4b, 1, 2, 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + checkSum
    + [2, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    + Array("x.csv".utf8)
    + [0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 51, 0, 0, 0, 37, 0, 0, 0, 0, 0]
  private static let checkSum: [UInt8] = [0xac, 0x2a, 0x93, 0xd8]

  private func read(_ bytes: [UInt8], limit: Int = 100) throws(DatasetError) -> [UInt8] {
    let archive = try ZipArchive(bytes: bytes, name: "a.whl")
    return try archive.content(of: archive.onlyMember(endingWith: ".csv"), limit: limit)
  }

  @Test func aMemberIsRead() throws {
    #expect(try read(archive) == Array("hi".utf8))
    // A comment may follow the end record.
    #expect(try read(archive.dropLast(2) + [3, 0, 1, 2, 3]) == Array("hi".utf8))
  }

  @Test func truncationIsRefused() {
    for length in 0..<archive.count {
      #expect(throws: DatasetError.self) { try read(Array(archive[0..<length])) }
    }
  }

  @Test func noChangedByteCrashesOrChangesTheContent() {
    for position in archive.indices {
      for value in [0, 1, 0x7f, 0xff] as [UInt8] {
        var changed = archive
        changed[position] = value
        let content = try? read(changed)
        #expect(content == nil || content == Array("hi".utf8))
      }
    }
  }

  @Test func aMemberAboveTheLimitIsNotInflated() {
    #expect(throws: DatasetError.tooLarge(name: "x.csv", limit: 1)) { try read(archive, limit: 1) }
  }

  @Test(arguments: [
    ("", 1, "begins with 'label'"), ("label,a\n1,2\n", 2, "expected 785 numbers"),
    ("label\n1ROW\n1ROW,1\n", 3, "expected 785 numbers"),
    ("label\n256ROW", 2, "0 to 255"), ("label\n-1", 2, "0 to 255"),
    ("label\n1x", 2, "expected 785 numbers"), ("label\n\n", 2, "0 to 255"),
  ])
  func tablesOfAnotherFormAreRefused(text: String, line: Int, reason: String) {
    let error = #expect(throws: DatasetError.self) {
      let csv = text.replacing("ROW", with: Self.row)
      return try LabelledTable(csv: Array(csv.utf8), name: "t.csv")
    }
    #expect(error?.description.hasPrefix("t.csv, line \(line): ") == true)
    #expect(error?.description.contains(reason) == true)
  }

  @Test func aTableBecomesImagesAndLabels() throws {
    let table = try LabelledTable(
      csv: Array(("label,…\r\n" + "7\(Self.row)\r\n9\(Self.row)").utf8), name: "t.csv")
    #expect(table.images.dimensions == [2, 28, 28])
    #expect(table.labels.elements == [7, 9])
    #expect(table.images.elements.prefix(3) == [0, 1, 2])
  }

  /// The pixels 0, 1, 2 and so on, each after a comma.
  private static let row = (0..<784).map { ",\($0 % 256)" }.joined()
}
