/// Quantiles that interpolate linearly between order statistics (type 7 of Hyndman and Fan).
package struct Quantiles: Sendable {
  private let sorted: [Double]

  /// Quantiles of at least one value, none of them NaN.
  package init(of values: [Double]) {
    precondition(!values.isEmpty && !values.contains { $0.isNaN }, "quantiles need numbers")
    sorted = values.sorted()
  }

  /// The quantile at `p` from 0 to 1.
  package func callAsFunction(_ p: Double) -> Double {
    let position = min(max(p, 0), 1) * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    let share = position - Double(below)
    // No arithmetic where none is needed: it would turn infinite values into NaN.
    if share == 0 || sorted[below] == sorted[above] || sorted[below] == -.infinity {
      return sorted[below]
    }
    return min(sorted[above], sorted[below] + share * (sorted[above] - sorted[below]))
  }
}
