import StageInterface

/// How messages and documents call what a parameter may be.
enum ParameterWords {
  static func expected(_ type: ParameterType) -> String {
    switch type {
    case .boolean: "true or false"
    case .integer(let range): integer(range)
    case .number(let range): "a number" + interval(range)
    case .string: "text"
    case .choice(let words): ProblemLog.oneOf(words)
    case .list(let element, let count): list(of: element, count)
    case .oneOrMore(let element, let count):
      expected(element) + ", or " + list(of: element, count)
    case .object(let parameters):
      "an object of " + parameters.map(\.name).joined(separator: ", ")
    case .variant(let tag, let cases):
      "an object whose '\(tag)' is one of " + cases.map(\.name).joined(separator: ", ")
    }
  }

  private static func integer(_ range: ClosedRange<Int64>) -> String {
    switch (range.lowerBound == .min, range.upperBound == .max) {
    case (true, true): "an integer"
    case (false, true): "an integer ≥ \(range.lowerBound)"
    case (true, false): "an integer ≤ \(range.upperBound)"
    case (false, false): "an integer from \(range.lowerBound) to \(range.upperBound)"
    }
  }

  private static func interval(_ range: NumberRange) -> String {
    var parts: [String] = []
    if range.lower > -Double.greatestFiniteMagnitude {
      parts.append((range.includesLower ? "≥ " : "> ") + BranchName.plain(.number(range.lower)))
    }
    if range.upper < Double.greatestFiniteMagnitude {
      parts.append((range.includesUpper ? "≤ " : "< ") + BranchName.plain(.number(range.upper)))
    }
    return parts.isEmpty ? "" : " " + parts.joined(separator: " and ")
  }

  private static func list(of element: ParameterType, _ count: ClosedRange<Int>) -> String {
    let length =
      switch (count.lowerBound, count.upperBound) {
      case (0, .max): ""
      case (let least, .max): " of at least \(least)"
      case (let least, let most) where least == most: " of \(most)"
      case (let least, let most): " of \(least) to \(most)"
      }
    return "a list\(length), each \(expected(element))"
  }
}
