/// A finite number as decimal digits, so that rounding for print is exact, local and locale-free.
///
/// The digits are those of Swift's shortest description, which names the double uniquely and is the
/// same on every machine. Value = 0.d₀d₁d₂… × 10^`exponent`.
struct DecimalDigits: Equatable {
  var isNegative: Bool
  /// Each 0…9, no leading zero; empty for zero.
  var digits: [UInt8]
  var exponent: Int

  /// The digits of `value`, or nil for NaN and infinities.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value < 0
    digits = []
    exponent = 0
    var pointPosition: Int?
    var power = ""
    var isInPower = false
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): pointPosition = digits.count
      case UInt8(ascii: "e"), UInt8(ascii: "E"): isInPower = true
      case _ where isInPower: power.unicodeScalars.append(Unicode.Scalar(byte))
      default: digits.append(byte &- UInt8(ascii: "0"))
      }
    }
    exponent = (pointPosition ?? digits.count) + (Int(power) ?? 0)
    dropOuterZeros()
  }

  var isZero: Bool { digits.isEmpty }

  /// The same number with at most `decimals` digits after the point, halves away from zero.
  func rounded(toDecimals decimals: Int) -> DecimalDigits {
    rounded(keeping: exponent + decimals)
  }

  /// The same number with at most `count` digits in all, halves away from zero.
  func rounded(keeping count: Int) -> DecimalDigits {
    var result = self
    guard count < digits.count else { return result }
    guard count >= 0 else { return result.asZero() }
    let roundsUp = digits[count] >= 5
    result.digits.removeSubrange(count...)
    if roundsUp { result.increment() }
    result.dropOuterZeros()
    return result
  }

  /// The text with exactly `decimals` digits after the point, without sign.
  func unsignedText(decimals: Int) -> String {
    var text = ""
    for place in 0..<max(exponent, 1) {
      text.unicodeScalars.append(scalar(at: place + min(exponent - 1, 0)))
    }
    guard decimals > 0 else { return text }
    text += "."
    for place in 0..<decimals { text.unicodeScalars.append(scalar(at: exponent + place)) }
    return text
  }

  private func scalar(at index: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(ascii: "0") + (digits.indices.contains(index) ? digits[index] : 0))
  }

  private func asZero() -> DecimalDigits {
    var zero = self
    zero.digits = []
    zero.exponent = 0
    return zero
  }

  private mutating func increment() {
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(1, at: 0)
      exponent += 1
    }
  }

  private mutating func dropOuterZeros() {
    while digits.last == 0 { digits.removeLast() }
    while digits.first == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    if digits.isEmpty { exponent = 0 }
  }
}
