import Figures
import Findings

/// How this report writes its numbers: as many digits as they deserve and no more.
enum ReportNumbers {
  /// A correlation or reliability: two decimals.
  static func correlation(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, 2) } ?? NumberText.missing
  }

  /// The same with three decimals, for tables.
  static func precise(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, 3) } ?? NumberText.missing
  }

  /// `[−0.21, 0.18]`, with a space that no line breaks at.
  ///
  /// With more decimals where an end would otherwise seem to reach 0, or one of `marks`, and does not.
  static func interval(
    _ interval: Interval?, decimals: Int = 2, apartFrom marks: [Double] = []
  ) -> String {
    guard let interval else { return NumberText.missing }
    let decimals = interval.decimals(
      atLeast: decimals, apartFrom: interval.excludedMarks + marks)
    return "[\(NumberText.fixed(interval.lower, decimals)),\u{A0}"
      + "\(NumberText.fixed(interval.upper, decimals))]"
  }

  /// A p-value: two decimals when large, two significant digits when small.
  static func p(_ value: Double?) -> String {
    guard let value, value.isFinite else { return NumberText.missing }
    if value < 0.0001 { return "< 0.0001" }
    return value >= 0.1 ? NumberText.fixed(value, 2) : NumberText.significant(value, 2)
  }

  /// `p = 0.85` or `p < 0.0001`.
  static func pClause(_ value: Double?, symbol: String = "p") -> String {
    let text = p(value)
    return symbol + (text.hasPrefix("<") ? " " : " = ") + text
  }

  /// What somebody chose, with as many digits as he needed: `0.2`, `0.01`, `95`.
  static func plain(_ value: Double) -> String {
    // Too small to be written out: 1 × 10⁻¹³ is not 0.
    if value.magnitude < 1e-9, value != 0 {
      let texts = (1...6).map { NumberText.significant(value, $0) }
      let numbers = texts.map { Double($0.prefix { $0 != " " }.replacing("−", with: "-")) }
      return zip(texts, numbers).first { $0.1 == numbers.last }?.0 ?? texts[5]
    }
    let candidates = (0...12).map { NumberText.fixed(value, $0) }
    let exact = candidates[12]
    return candidates.first { exact.hasPrefix($0) && exact.dropFirst($0.count).allZeros }
      ?? NumberText.significant(value, 3)
  }

  /// What the intervals of this study cover: `95 %`.
  static func level(_ findings: StudyFindings) -> String {
    percent(1 - findings.configuration.analysis.alpha)
  }

  /// What the intervals cover that are compared with ±δ, 1 − 2α: `90 %`.
  static func boundLevel(_ findings: StudyFindings) -> String {
    percent(1 - 2 * findings.configuration.analysis.alpha)
  }

  private static func percent(_ share: Double) -> String {
    plain((share * 1e6).rounded() / 1e4) + " %"
  }

  /// How often chance alone shows something: `once in twenty`.
  static func falseAlarms(_ findings: StudyFindings) -> String {
    let alpha = findings.configuration.analysis.alpha
    return alpha == 0.05 ? "once in twenty" : "in \(percent(alpha)) of"
  }

  /// `1 network`, `100 networks`.
  static func count(_ value: Int, _ noun: String) -> String {
    NumberText.grouped(value) + " " + noun + (value == 1 ? "" : "s")
  }
}

extension Substring {
  /// True when nothing but zeros, or a point and zeros, is left.
  fileprivate var allZeros: Bool { allSatisfy { $0 == "0" || $0 == "." } }
}
