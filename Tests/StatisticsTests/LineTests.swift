import Statistics
import Testing

@Suite("Lines through points")
struct LineTests {
  @Test("Least squares with band, and Theil–Sen")
  func published() throws {
    let line = try #require(LinearFit(Example.x, Example.y))
    expectClose(line.slope, 1.6386222473178993)
    expectClose(line.intercept, 1.6171372106154716)
    let band = try #require(line.band(at: [0.5], coverage: 0.95).first)
    expectClose(band.lowerBound, 2.1673422974741063)
    expectClose(band.upperBound, 2.7055543710747356)
    expectClose(TheilSen.slope(Example.x, Example.y), 1.7397344859524546)
  }

  @Test("The slope over its standard error is the t of the correlation")
  func slopeError() throws {
    let line = try #require(LinearFit(Example.x, Example.y))
    let r = try #require(Pearson.correlation(Example.x, Example.y))
    expectClose(line.slope / line.slopeError, Pearson.t(r, degreesOfFreedom: 6))
  }

  @Test("Too few points, or all at one x, have no line")
  func degenerate() {
    #expect(LinearFit([1, 2], [1, 2]) == nil)
    #expect(LinearFit([1, 1, 1], [1, 2, 3]) == nil)
    #expect(TheilSen.slope([1, 1, 1], [1, 2, 3]) == nil)
  }

  @Test("Quantiles interpolate, and leave infinite ends alone")
  func quantiles() {
    let quantiles = Quantiles(of: [4, 1, 3, 2])
    #expect(quantiles(0) == 1 && quantiles(0.5) == 2.5 && quantiles(1) == 4)
    expectClose(quantiles(0.1), 1.3)
    #expect(Quantiles(of: [-.infinity, -.infinity, 1, .infinity])(0.1) == -.infinity)
    let mixed = Quantiles(of: [-.infinity, 1, .infinity])
    #expect(mixed(0.2) == -.infinity && mixed(0.5) == 1 && mixed(0.9) == .infinity)
    #expect(Quantiles(of: [5])(0.3) == 5)
  }
}
