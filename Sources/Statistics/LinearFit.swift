/// A least-squares line through points, with the confidence band of its mean.
package struct LinearFit: Sendable, Equatable {
  package let slope: Double
  package let intercept: Double
  /// Standard deviation of y about the line, N − 2 in the denominator.
  package let residualDeviation: Double
  private let count: Double
  private let meanX: Double
  private let spreadX: Double

  /// Nil for fewer than three points or where x does not vary.
  package init?(_ x: [Double], _ y: [Double]) {
    guard x.count > 2 else { return nil }
    let (dx, dy) = (Moments.centred(x), Moments.centred(y))
    spreadX = Moments.sumOfProducts(dx, dx)
    guard spreadX > 0 else { return nil }
    count = Double(x.count)
    meanX = Moments.mean(x)
    let slope = Moments.sumOfProducts(dx, dy) / spreadX
    self.slope = slope
    intercept = Moments.mean(y) - slope * meanX
    let residuals = zip(dx, dy).map { $1 - slope * $0 }
    residualDeviation =
      (Moments.sumOfProducts(residuals, residuals) / (count - 2)).squareRoot()
  }

  /// Standard error of the slope.
  package var slopeError: Double { residualDeviation / spreadX.squareRoot() }

  /// The line at `x`.
  package func value(at x: Double) -> Double { intercept + slope * x }

  /// The intervals that hold the true line with probability `coverage`, at each of `x`.
  package func band(at x: [Double], coverage: Double) -> [ClosedRange<Double>] {
    let t = StudentDistribution(degreesOfFreedom: count - 2).quantile(0.5 + 0.5 * coverage)
    return x.map { x in
      let distance = x - meanX
      let half = t * residualDeviation * (1 / count + distance * distance / spreadX).squareRoot()
      return (value(at: x) - half)...(value(at: x) + half)
    }
  }
}
