/// The correlation of what a covariate leaves unexplained in x and in y.
package struct PartialCorrelation: Sendable, Equatable {
  package let r: Double
  package let t: Double
  package let degreesOfFreedom: Int
  package let p: Double

  /// Residuals on a straight line in `covariate`; nil where a residual does not vary or N < 4.
  package static func linear(
    _ x: [Double], _ y: [Double], given covariate: [Double]
  ) -> PartialCorrelation? {
    PartialCorrelation(x, y, given: covariate, degree: 1)
  }

  /// Mid-ranks of all three, residuals on a polynomial of `degree` in the covariate's rank.
  package static func onRanks(
    _ x: [Double], _ y: [Double], given covariate: [Double], degree: Int = 3
  ) -> PartialCorrelation? {
    PartialCorrelation(
      Ranks.midRanks(x), Ranks.midRanks(y), given: Ranks.midRanks(covariate), degree: degree)
  }

  private init?(_ x: [Double], _ y: [Double], given covariate: [Double], degree: Int) {
    let basis = PolynomialBasis(covariate, degree: degree)
    degreesOfFreedom = x.count - 2 - basis.degree
    guard degreesOfFreedom > 0 else { return nil }
    guard let x = basis.residuals(of: x), let y = basis.residuals(of: y),
      let r = Pearson.correlation(x, y)
    else { return nil }
    self.r = r
    t = Pearson.t(r, degreesOfFreedom: degreesOfFreedom)
    p = Pearson.p(r, degreesOfFreedom: degreesOfFreedom)
  }
}
