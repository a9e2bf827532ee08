/// Columns of text under a title, numbers to the right.
struct TextTable {
  let title: String
  let header: [String]
  let rows: [[String]]

  func print() {
    Swift.print("\n\(title)")
    for row in [header] + rows {
      Swift.print(row.map { String(repeating: " ", count: max(1, 12 - $0.count)) + $0 }.joined())
    }
  }
}
