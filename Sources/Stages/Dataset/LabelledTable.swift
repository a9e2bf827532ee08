package import DataFormats

/// Images and labels from a table of one image a line: its label, then its 784 pixels.
package struct LabelledTable: Sendable {
  /// [n, 28, 28].
  package let images: IDX
  /// [n].
  package let labels: IDX

  private static let side = 28

  /// The table in `csv`, whose first line is a header; `name` is for errors.
  package init(csv: [UInt8], name: String) throws(DatasetError) {
    var reader = Reader(csv: csv, name: name)
    try reader.skipHeader()
    while !reader.isAtEnd { try reader.readRow(width: 1 + Self.side * Self.side) }
    images = IDX(
      dimensions: [reader.labels.count, Self.side, Self.side], elements: reader.pixels)
    labels = IDX(dimensions: [reader.labels.count], elements: reader.labels)
  }

  /// Reads lines of bytes in decimal; some 50 million of them, hence not by ``CSVTable``.
  private struct Reader {
    private(set) var labels: [UInt8] = []
    private(set) var pixels: [UInt8] = []
    private let csv: [UInt8]
    private let name: String
    private var position = 0
    private var line = 1

    init(csv: [UInt8], name: String) {
      self.csv = csv
      self.name = name
      pixels.reserveCapacity(csv.count / 2)
    }

    var isAtEnd: Bool { position == csv.count }

    mutating func skipHeader() throws(DatasetError) {
      guard csv.starts(with: Array("label".utf8)), let end = csv.firstIndex(of: 0x0A) else {
        throw fault("expected a header line that begins with 'label'")
      }
      position = end + 1
      line = 2
    }

    mutating func readRow(width: Int) throws(DatasetError) {
      labels.append(try readByte())
      for _ in 1..<width {
        guard skip(0x2C) else { throw fault("expected \(width) numbers") }
        pixels.append(try readByte())
      }
      _ = skip(0x0D)
      guard isAtEnd || skip(0x0A) else { throw fault("expected \(width) numbers") }
      line += 1
    }

    private mutating func readByte() throws(DatasetError) -> UInt8 {
      let start = position
      var value = 0
      while position < csv.count, position < start + 3, (0x30...0x39).contains(csv[position]) {
        value = value * 10 + Int(csv[position] - 0x30)
        position += 1
      }
      guard position > start, let byte = UInt8(exactly: value) else {
        throw fault("expected a number from 0 to 255")
      }
      return byte
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
      guard position < csv.count, csv[position] == byte else { return false }
      position += 1
      return true
    }

    private func fault(_ reason: String) -> DatasetError {
      .badTable(name: name, line: line, reason: reason)
    }
  }
}
