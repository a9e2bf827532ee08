import Statistics
import Testing

/// Expected values are mpmath's at 30 digits.
@Suite("Distribution functions")
struct DistributionFunctionTests {
  @Test(
    "Φ, relative error in the lower tail too",
    arguments: [
      (-8.5, 9.4795348222033183542e-18), (-3.3, 0.0004834241423837775071),
      (-0.7, 0.24196365222307302862), (0, 0.5), (0.2, 0.57925970943910302738),
      (1.3, 0.90319951541438967446), (2.9, 0.99813418669961596152), (6, 0.99999999901341235496),
    ])
  func normal(x: Double, p: Double) {
    #expect((NormalDistribution.cumulative(x) / p - 1).magnitude < 1e-13)
  }

  @Test(
    "Φ⁻¹",
    arguments: [
      (1e-300, -37.0470962993612), (1e-9, -5.9978070150076868614),
      (0.025, -1.9599639845400542118), (0.3, -0.52440051270804081597), (0.5, 0),
      (0.9, 1.2815515655446005935), (0.999999, 4.7534243088170877657),
    ])
  func normalQuantile(p: Double, x: Double) {
    expectClose(NormalDistribution.quantile(p), x, p > 0.99 ? 1e-11 : 1e-13)
  }

  @Test("Φ⁻¹ at and beyond the ends")
  func normalQuantileEnds() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(-0.1).isNaN && NormalDistribution.quantile(.nan).isNaN)
  }

  @Test(
    "Quantiles of t",
    arguments: [
      (1, 0.975, 12.706204736174694), (2.5, 0.9, 1.7302509288071766),
      (5, 0.6, 0.2671808657041451), (98, 0.975, 1.9844674545084815),
      (998, 0.95, 1.6463818766348757), (3, 0.0005, -12.923978636687481), (7, 0.5, 0),
    ])
  func studentQuantile(degreesOfFreedom: Double, p: Double, t: Double) {
    expectClose(StudentDistribution(degreesOfFreedom: degreesOfFreedom).quantile(p), t, 1e-12)
  }

  @Test(
    "Two-sided p of t",
    arguments: [
      (1, 1, 0.5), (3, 4.5, 0.0204904123444534094), (98, 2, 0.0482677719493675954),
      (998, 0.3, 0.764239629097417623), (5, 30, 7.71864862049605199e-7), (4, .infinity, 0),
    ])
  func studentP(degreesOfFreedom: Double, t: Double, p: Double) {
    let distribution = StudentDistribution(degreesOfFreedom: degreesOfFreedom)
    expectClose(distribution.twoSidedP(t), p)
    expectClose(distribution.cumulative(-t), p / 2)
    expectClose(distribution.cumulative(t), 1 - p / 2)
  }

  @Test(
    "The regularised incomplete beta function",
    arguments: [
      (0.9, 3, 0.5, 0.44541555534797056), (0.1, 2, 3, 0.0523),
      (0.5, 50, 60, 0.830907293901669414), (0.99, 0.5, 0.5, 0.936231439141480124),
      (1e-5, 0.5, 7, 0.00927356434564281506), (0, 2, 2, 0), (1, 2, 2, 1),
    ])
  func beta(x: Double, a: Double, b: Double, value: Double) {
    expectClose(BetaDistribution.regularized(x, a, b), value)
  }

  @Test(
    "log Γ",
    arguments: [
      (0.001, 6.9071788853838536617), (0.5, 0.57236494292470008707), (1, 0),
      (1.5, -0.12078223763524522235), (2, 0), (3.7, 1.4280723266653881292),
      (14.9, 24.9241320022172783), (15, 25.1912211827386815), (1e5, 1_051_287.7089736568949),
    ])
  func gamma(x: Double, value: Double) {
    expectClose(GammaFunction.logarithm(x), value, 1e-13)
  }
}
