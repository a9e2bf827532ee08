/// Numbers as a reader sees them: fixed rounding, a true minus sign, no locale.
package enum NumberText {
  /// What stands for NaN and infinities.
  package static let missing = "n/a"

  /// `value` with exactly `decimals` digits after the point: `−0.14`, `95.40`.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard let digits = DecimalDigits(value)?.rounded(toDecimals: decimals) else { return missing }
    return sign(of: digits) + digits.unsignedText(decimals: decimals)
  }

  /// `value` with `digits` significant digits: `0.0285`, `127`, `3.2 × 10⁻⁷`.
  package static func significant(_ value: Double, _ count: Int) -> String {
    guard let digits = DecimalDigits(value)?.rounded(keeping: count) else { return missing }
    if digits.isZero { return "0" }
    if digits.exponent < -3 || digits.exponent > 7 { return scientific(digits, count) }
    return sign(of: digits) + digits.unsignedText(decimals: max(0, count - digits.exponent))
  }

  /// A whole number with commas between groups of three digits: `60,000`.
  package static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// The exponent of a power of ten as superscript: `⁻³`.
  package static func superscript(_ value: Int) -> String {
    let raised: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    let digits = String(value.magnitude).utf8.map { raised[Int($0 - UInt8(ascii: "0"))] }
    return (value < 0 ? "⁻" : "") + String(digits)
  }

  private static func scientific(_ digits: DecimalDigits, _ count: Int) -> String {
    var mantissa = digits
    mantissa.exponent = 1
    return sign(of: digits) + mantissa.unsignedText(decimals: max(0, count - 1))
      + " × 10" + superscript(digits.exponent - 1)
  }

  private static func sign(of digits: DecimalDigits) -> String {
    digits.isNegative && !digits.isZero ? "−" : ""
  }
}
