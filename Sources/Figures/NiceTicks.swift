/// Tick positions a person would choose: multiples of 1, 2 or 5 times a power of ten.
package struct NiceTicks: Sendable, Equatable {
  package var values: [Double]
  /// Digits after the point that every label needs.
  package var decimals: Int

  /// The multiples of the step within `domain`; the step is the smallest nice one that gives at most `maximum` ticks.
  ///
  /// - Precondition: `domain` is finite and not a single number, and `maximum` ≥ 2.
  package init(covering domain: ClosedRange<Double>, atMost maximum: Int) {
    precondition(maximum >= 2 && domain.lowerBound.isFinite && domain.upperBound.isFinite)
    let width = domain.upperBound - domain.lowerBound
    precondition(width > 0)
    var step = NiceStep(notAbove: width / Double(maximum))
    while step.multiples(in: domain).count > maximum { step = step.next }
    values = step.multiples(in: domain).map { step.value(times: $0) }
    decimals = max(0, -step.power)
  }
}

/// The number `digit` × 10^`power` with a digit of 1, 2 or 5.
struct NiceStep: Equatable {
  var digit: Int
  var power: Int

  /// The largest power of ten that is not above `bound`.
  init(notAbove bound: Double) {
    digit = 1
    power = (DecimalDigits(bound)?.exponent ?? 1) - 1
  }

  var next: NiceStep {
    var step = self
    switch digit {
    case 1: step.digit = 2
    case 2: step.digit = 5
    default:
      step.digit = 1
      step.power += 1
    }
    return step
  }

  /// `count` steps: one exact product or one correctly rounded quotient, so 3 × 0.1 is 0.3.
  func value(times count: Int) -> Double {
    Decade.scale(Double(count * digit), by: power)
  }

  /// Which multiples of the step lie in `domain`.
  func multiples(in domain: ClosedRange<Double>) -> [Int] {
    let unit = value(times: 1)
    let first = Int((domain.lowerBound / unit).rounded(.down))
    let last = Int((domain.upperBound / unit).rounded(.up))
    return (first...max(first, last)).filter { domain.contains(value(times: $0)) }
  }
}

/// Powers of ten without a library function.
enum Decade {
  /// 10^`power`, the double nearest to it for |power| ≤ 22 and within an ulp or two beyond.
  static func value(_ power: Int) -> Double { scale(1, by: power) }

  static func scale(_ value: Double, by power: Int) -> Double {
    var factor = 1.0
    for _ in 0..<power.magnitude { factor *= 10 }
    return power < 0 ? value / factor : value * factor
  }
}
