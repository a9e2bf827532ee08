/// What one axis of a panel shows.
package struct Axis: Sendable {
  package enum Scale: Sendable {
    case linear
    /// Decimal logarithm; every value must be above zero.
    case logarithmic
  }

  package var label: String
  package var scale: Scale
  /// What the axis spans; nil: what the layers need, with a margin.
  package var domain: ClosedRange<Double>?
  /// True: zero is the lower end, without margin.
  package var startsAtZero: Bool

  package init(
    _ label: String, scale: Scale = .linear, domain: ClosedRange<Double>? = nil,
    startsAtZero: Bool = false
  ) {
    self.label = label
    self.scale = scale
    self.domain = domain
    self.startsAtZero = startsAtZero
  }
}

extension Axis {
  /// The domain for these values: as declared, or around them with a margin on both sides.
  ///
  /// - Precondition: `values` is not empty and each is finite, and positive where the axis is logarithmic.
  func resolvedDomain(for values: [Double]) -> ClosedRange<Double> {
    if let domain { return domain }
    var lower = values.reduce(.infinity, min)
    var upper = values.reduce(-.infinity, max)
    if startsAtZero { lower = min(lower, 0) }
    if scale == .logarithmic {
      let factor = Drawable.areEqual(lower, upper) ? 2 : 1.12
      return lower / factor...upper * factor
    }
    if Drawable.areEqual(lower, upper) {
      let half = Drawable.areEqual(lower, 0) ? 1 : lower.magnitude / 10
      (lower, upper) = (lower - half, upper + half)
    }
    let margin = (upper - lower) * 0.05
    let lowerMargin = startsAtZero && lower == 0 ? 0 : margin
    return lower - lowerMargin...upper + margin
  }
}
