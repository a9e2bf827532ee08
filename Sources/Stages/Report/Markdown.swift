/// Pieces of GitHub-flavoured Markdown, with foreign text made harmless.
enum Markdown {
  /// `text` without a meaning of its own: markup is escaped, line breaks are spaces.
  static func text(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "#", "|", "~":
        result.unicodeScalars.append(contentsOf: ["\\", scalar])
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// `text` as a code span that may stand in a table cell, whatever back quotes and bars it holds.
  static func code(_ text: String) -> String {
    let oneLine = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    let fence = String(repeating: "`", count: longestRun(of: "`", in: oneLine) + 1)
    let padding = oneLine.hasPrefix("`") || oneLine.hasSuffix("`") || oneLine.isEmpty ? " " : ""
    let cell = oneLine.split(separator: "|", omittingEmptySubsequences: false)
      .joined(separator: "\\|")
    return fence + padding + cell + padding + fence
  }

  /// An image with its words for those who do not see it; the path is relative to the report.
  static func image(_ path: String, _ words: String) -> String {
    "![\(text(words))](\(path))"
  }

  /// Paragraphs, tables and figures with one empty line between them; empty ones are left out.
  static func blocks(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var current = 0
    for next in text {
      current = next == character ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}
