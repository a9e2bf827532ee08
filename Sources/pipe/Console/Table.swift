/// Aligned columns for people.
struct Table {
  enum Alignment {
    case left
    case right
  }

  private let alignments: [Alignment]
  private var rows: [[String]]

  init(_ columns: [(title: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    rows = [columns.map(\.title)]
  }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  var text: String {
    let widths = alignments.indices.map { column in
      rows.map { Self.width(of: $0[column]) }.max() ?? 0
    }
    return rows.map { line(of: $0, widths) }.joined(separator: "\n")
  }

  private func line(of row: [String], _ widths: [Int]) -> String {
    var line = ""
    for (column, cell) in row.enumerated() {
      if column > 0 { line += "  " }
      let padding = String(repeating: " ", count: widths[column] - Self.width(of: cell))
      line += alignments[column] == .left ? cell + padding : padding + cell
    }
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    return line
  }

  /// Characters of a text; most cells are ASCII, where that is quickly told.
  private static func width(of text: String) -> Int {
    let bytes = text.utf8
    // A carriage return joins the line feed after it.
    return bytes.allSatisfy { $0 >= 0x20 && $0 < 0x80 } ? bytes.count : text.count
  }
}
