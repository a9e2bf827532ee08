/// Tick positions of a decimal logarithmic axis: decades, and 2 and 5 between them where there is room.
package struct LogTicks: Sendable, Equatable {
  package var values: [Double]
  /// Positions that get a short line and no label: 1…9 in every decade.
  package var minor: [Double]

  /// Ticks within `domain`, at most `maximum` where decades alone allow it.
  ///
  /// - Precondition: 0 < lower bound < upper bound, both finite.
  package init(covering domain: ClosedRange<Double>, atMost maximum: Int) {
    precondition(domain.lowerBound > 0 && domain.upperBound.isFinite)
    precondition(domain.lowerBound < domain.upperBound)
    let powers = Self.powers(around: domain)
    func ticks(_ digits: [Int], every stride: Int = 1) -> [Double] {
      powers.filter { $0 % stride == 0 }
        .flatMap { power in digits.map { Decade.scale(Double($0), by: power) } }
        .filter { domain.contains($0) }
    }
    minor = powers.count <= 12 ? ticks(Array(1...9)) : []
    let choices = [ticks([1, 2, 5]), ticks([1, 3]), ticks([1])]
    values = choices.first { $0.count <= maximum } ?? []
    var stride = 2
    while values.isEmpty, stride <= powers.count {
      let thinned = ticks([1], every: stride)
      if thinned.count <= maximum { values = thinned }
      stride += 1
    }
    if values.count < 2 { values = NiceTicks(covering: domain, atMost: maximum).values }
  }

  private static func powers(around domain: ClosedRange<Double>) -> ClosedRange<Int> {
    let lower = (DecimalDigits(domain.lowerBound)?.exponent ?? 1) - 1
    let upper = DecimalDigits(domain.upperBound)?.exponent ?? 1
    return lower...max(lower, upper)
  }

  /// The label of a tick: plain between 0.001 and 999,999, else a power of ten.
  package static func label(_ value: Double) -> String {
    guard let digits = DecimalDigits(value), !digits.isZero else { return "0" }
    let power = digits.exponent - 1
    if power >= 6 || power < -3 {
      var mantissa = digits
      mantissa.exponent = 1
      let factor = mantissa.unsignedText(decimals: digits.digits.count - 1)
      return (factor == "1" ? "" : factor + "·") + "10" + NumberText.superscript(power)
    }
    let decimals = digits.digits.count - digits.exponent
    return decimals > 0 ? NumberText.fixed(value, decimals) : NumberText.grouped(Int(value))
  }
}
