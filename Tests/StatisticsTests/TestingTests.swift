import Statistics
import Testing

@Suite("Equivalence, power and families of tests")
struct TestingTests {
  @Test("Two one-sided tests")
  func equivalence() {
    let test = Equivalence(r: 0.05, count: 100, delta: 0.3)
    expectClose(test.p, 0.00530084353464913)
    expectClose(test.interval90.lowerBound, -0.11643732506797998)
    expectClose(test.interval90.upperBound, 0.21370582042146294)
  }

  @Test("Equivalence is symmetric and impossible for r beyond δ")
  func equivalenceEnds() {
    #expect(
      Equivalence(r: -0.05, count: 100, delta: 0.3).p
        == Equivalence(r: 0.05, count: 100, delta: 0.3).p)
    #expect(Equivalence(r: 0.4, count: 100, delta: 0.3).p > 0.8)
    #expect(Equivalence(r: 1, count: 10, delta: 0.3).p == 1)
  }

  @Test("Critical and detectable correlations of 100 points")
  func power() {
    expectClose(Power.criticalR(count: 100), 0.19655119559322565)
    expectClose(Power.detectableR(count: 100, power: 0.8), 0.2770259103039286)
    expectClose(Power.detectableR(count: 100, power: 0.9), 0.3177352649442787)
  }

  @Test("Points for equivalence", arguments: [(0.3, 92.39), (0.2, 211.36), (0.1, 853.67)])
  func points(delta: Double, count: Double) {
    #expect((Power.countForEquivalence(delta: delta) - count).magnitude < 0.005)
    #expect(Power.countForEquivalence(delta: delta, ceiling: 0.5) > 3.9 * count)
  }

  @Test("Stricter tests need more points")
  func pointsAndAlpha() {
    // (2.326348 + 1.281552)² and (1.644854 + 1.281552)² above the same artanh δ.
    let points = Power.countForEquivalence(delta: 0.2, alpha: 0.01)
    #expect((points - 3 - (211.36 - 3) * 13.016938 / 8.563847).magnitude < 0.01)
    // z.₉₉ + z.₈₀ within the bound, z.₉₉₅ + z.₈₀ beyond it.
    let within = Power.countForEstimate(r: 0, bound: 0.2, alpha: 0.01)
    #expect((within - 3 - 10.036028 / (0.202733 * 0.202733)).magnitude < 0.01)
    let beyond = Power.countForEstimate(r: 0.2, bound: 0.1, alpha: 0.01)
    #expect((beyond - 3 - 11.678968 / (0.202733 * 0.202733)).magnitude < 0.01)
  }

  @Test("Holm, and Benjamini and Hochberg")
  func families() {
    let p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
    let holm = [0.01, 0.072, 0.312, 0.312, 0.312, 0.312, 0.312, 0.615, 0.615, 0.615]
    let hochberg = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.1057142857142857, 0.216, 0.216, 0.216]
    for (value, expected) in zip(MultipleTests.holm(p), holm) { expectClose(value, expected) }
    for (value, expected) in zip(MultipleTests.benjaminiHochberg(p), hochberg) {
      expectClose(value, expected)
    }
    let mixed = [4, 0, 9, 2, 7, 1, 8, 3, 6, 5]
    #expect(MultipleTests.holm(mixed.map { p[$0] }) == mixed.map { MultipleTests.holm(p)[$0] })
    #expect(MultipleTests.holm([]).isEmpty && MultipleTests.holm([0.7]) == [0.7])
  }

  @Test("Granulated Kendall of a 2 × 3 grid")
  func granulated() throws {
    let (measure, gap) = ([1, 2, 3, 2.5, 1.5, 4], [0.10, 0.30, 0.20, 0.15, 0.25, 0.40])
    expectClose(Kendall(measure, gap).tauA, 0.4666666666666667)
    let psi = try #require(GranulatedKendall(lengths: [2, 3], measure, gap))
    expectClose(psi.perAxis[0], 1)
    expectClose(psi.perAxis[1], 1.0 / 3)
    expectClose(psi.psi, 2.0 / 3)
    #expect(GranulatedKendall(lengths: [1, 1], [1], [1]) == nil)
  }

  @Test("Within configurations, differences between them do not count")
  func within() throws {
    let configurations = [0, 0, 0, 1, 1, 1]
    let x = [0.9, 1, 1.1, 10, 9, 11]
    let y = [1.1, 1, 0.9, 50, 55, 45]
    let r = try #require(WithinConfiguration.correlation(x, y, configurations: configurations))
    expectClose(r, -1)
    #expect(try #require(Pearson.correlation(x, y)) > 0.9)
    #expect(WithinConfiguration.correlation([1, -1], [1, 2], configurations: [0, 0]) == nil)
  }
}
