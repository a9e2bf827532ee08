import ReproducibleMath

/// An axis with its domain and its place on the page: maps values to pixels and knows its ticks.
struct AxisScale {
  struct Tick: Equatable {
    var value: Double
    var label: String
  }

  var domain: ClosedRange<Double>
  /// Pixel of the lower and of the upper end; the first is the greater one on a vertical axis.
  var start: Double
  var end: Double
  var ticks: [Tick]
  /// Unlabelled ticks of a logarithmic axis.
  var minorTicks: [Double]
  private var isLogarithmic: Bool

  init(_ axis: Axis, domain: ClosedRange<Double>, start: Double, end: Double, atMost maximum: Int) {
    self.domain = domain
    self.start = start
    self.end = end
    isLogarithmic = axis.scale == .logarithmic
    if isLogarithmic {
      let chosen = LogTicks(covering: domain, atMost: maximum)
      ticks = chosen.values.map { Tick(value: $0, label: LogTicks.label($0)) }
      minorTicks = chosen.minor
    } else {
      let chosen = NiceTicks(covering: domain, atMost: maximum)
      ticks = chosen.values.map {
        Tick(value: $0, label: Self.label($0, decimals: chosen.decimals))
      }
      minorTicks = []
    }
  }

  /// The pixel of `value`.
  func position(_ value: Double) -> Double {
    start + fraction(value) * (end - start)
  }

  func clamped(_ value: Double) -> Double {
    min(max(value, domain.lowerBound), domain.upperBound)
  }

  private func fraction(_ value: Double) -> Double {
    let (lower, upper) = (domain.lowerBound, domain.upperBound)
    guard isLogarithmic else { return (value - lower) / (upper - lower) }
    return Elementary.log(value / lower) / Elementary.log(upper / lower)
  }

  private static func label(_ value: Double, decimals: Int) -> String {
    if decimals == 0, value.magnitude < 1e9 { return NumberText.grouped(Int(value)) }
    if decimals > 5 || value.magnitude >= 1e9 { return NumberText.significant(value, 3) }
    return NumberText.fixed(value, decimals)
  }
}

extension AxisScale {
  /// The scale with as many ticks as leave `gap` pixels between the labels of a horizontal axis.
  static func horizontal(
    _ axis: Axis, domain: ClosedRange<Double>, start: Double, end: Double, size: Double, gap: Double
  ) -> AxisScale {
    var maximum = 10
    while true {
      let scale = AxisScale(axis, domain: domain, start: start, end: end, atMost: maximum)
      if maximum == 2 || !scale.labelsCollide(size: size, gap: gap) { return scale }
      maximum -= 1
    }
  }

  private func labelsCollide(size: Double, gap: Double) -> Bool {
    zip(ticks, ticks.dropFirst()).contains { left, right in
      let widths =
        (TextMeasure.width(left.label, size: size) + TextMeasure.width(right.label, size: size)) / 2
      return position(right.value) - position(left.value) < widths + gap
    }
  }
}
