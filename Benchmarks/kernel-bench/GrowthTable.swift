import Foundation

/// Times of one piece of work at growing sizes.
///
/// Growth between two rows is the exponent p in time ~ sizeᵖ: 1 is linear. The last column is the
/// time for each unit of the size, relative to the first row.
struct GrowthTable {
  private let title: String
  private let rows: [(size: Int, seconds: Double)]

  init(_ title: String, _ sizes: [Int], _ measure: (Int) -> Measurement) {
    self.title = title
    rows = sizes.map { ($0, measure($0).least) }
  }

  func print() {
    let first = rows[0].seconds / Double(rows[0].size)
    let cells = rows.enumerated().map { index, row in
      [
        String(row.size), String(format: "%.1f", row.seconds * 1e3), growth(before: index),
        String(format: "%.2f", row.seconds / Double(row.size) / first),
      ]
    }
    TextTable(title: title, header: ["size", "least ms", "growth", "per unit"], rows: cells).print()
  }

  private func growth(before index: Int) -> String {
    guard index > 0 else { return "" }
    let (last, this) = (rows[index - 1], rows[index])
    let exponent = log(this.seconds / last.seconds) / log(Double(this.size) / Double(last.size))
    return String(format: "%.2f", exponent)
  }
}
