/// A table whose cells are Markdown already; its source is aligned, so that it reads well as text too.
struct MarkdownTable {
  enum Alignment {
    case left
    case right
  }

  private var head: [String]
  private var alignments: [Alignment]
  private var rows: [[String]] = []

  /// A table with these columns; a head that begins with `>` makes a column of numbers.
  init(_ columns: String...) {
    alignments = columns.map { $0.hasPrefix(">") ? .right : .left }
    head = columns.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }
  }

  mutating func add(_ cells: String...) { add(cells) }

  /// Adds a row; too few cells are filled with empty ones.
  mutating func add(_ cells: [String]) {
    precondition(cells.count <= head.count)
    rows.append(cells + Array(repeating: "", count: head.count - cells.count))
  }

  var isEmpty: Bool { rows.isEmpty }

  var markdown: String {
    let widths = head.indices.map { column in
      max(3, ([head] + rows).map { $0[column].count }.max() ?? 0)
    }
    let rule = zip(alignments, widths).map { alignment, width in
      alignment == .left
        ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    return
      ([line(head, widths), "| " + rule.joined(separator: " | ") + " |"]
      + rows.map { line($0, widths) }).joined(separator: "\n")
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = cells.indices.map { column in
      let space = String(repeating: " ", count: widths[column] - cells[column].count)
      return alignments[column] == .left ? cells[column] + space : space + cells[column]
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }
}
