import ReproducibleMath
import Statistics
import Testing

@Suite("Correlations")
struct CorrelationTests {
  private let x = Example.x
  private let y = Example.y
  private let c = Example.c

  @Test("Pearson with p and Fisher's interval")
  func pearson() throws {
    let r = try #require(Pearson.correlation(x, y))
    expectClose(r, 0.8230374015481231)
    expectClose(Pearson.p(r, degreesOfFreedom: 6), 0.01208060569087406)
    let interval = FisherInterval.interval(r, count: 8, coverage: 0.95)
    expectClose(interval.lowerBound, 0.28180150537185117)
    expectClose(interval.upperBound, 0.9669222997896363)
  }

  @Test("Spearman, and Kendall with exact and asymptotic p")
  func ranks() {
    expectClose(Spearman.correlation(x, y), 0.880952380952381)
    let kendall = Kendall(x, y)
    expectClose(kendall.tauB, 0.7857142857142856)
    expectClose(kendall.exactP(), 0.005505952380952381)
    expectClose(kendall.asymptoticP(x, y), 0.006492857745083887)
  }

  @Test("Ties")
  func ties() {
    let (a, b): ([Double], [Double]) = ([1, 2, 2, 3, 4, 4, 4, 5], [1, 3, 2, 2, 5, 4, 4, 6])
    expectClose(Spearman.correlation(a, b), 0.9256265453136692)
    let kendall = Kendall(a, b)
    expectClose(kendall.tauB, 0.8406728074767076)
    expectClose(kendall.tauA, 0.75)
    expectClose(kendall.asymptoticP(a, b), 0.006236680427408707)
    #expect(Ranks.midRanks(b) == [1, 4, 2.5, 2.5, 7, 5.5, 5.5, 8])
  }

  @Test("Kendall counts like the definition on random data with ties")
  func kendallByDefinition() {
    for count in 0..<40 {
      let random = RandomSequence(seed: 3, stream: .probes, model: UInt32(count))
      let a = (0..<count).map { Double(random.bits(at: $0) % 7) }
      let b = (0..<count).map { Double(random.bits(at: count + $0) % 5) }
      var (score, tiedX, tiedY) = (0, 0, 0)
      for i in 0..<count {
        for j in 0..<i {
          let product = (a[i] - a[j]) * (b[i] - b[j])
          score += product > 0 ? 1 : product < 0 ? -1 : 0
          tiedX += a[i] == a[j] ? 1 : 0
          tiedY += b[i] == b[j] ? 1 : 0
        }
      }
      let kendall = Kendall(a, b)
      #expect(kendall.score == score && kendall.tiedX == tiedX && kendall.tiedY == tiedY)
    }
  }

  @Test("The exact p of Kendall is that of all orders of five")
  func exactByEnumeration() {
    let kendall = Kendall([1, 2, 3, 4, 5], [2, 1, 3, 5, 4])
    // 120 orders; |score| ≥ 6 for 1 + 4 + 9 on each side.
    expectClose(kendall.exactP(), 28.0 / 120)
    expectClose(Kendall([1, 2], [1, 2]).exactP(), 1)
  }

  @Test("Partial correlation, linear and on ranks")
  func partial() throws {
    let linear = try #require(PartialCorrelation.linear(x, y, given: c))
    expectClose(linear.r, 0.56079489320256)
    expectClose(linear.t, 1.5145459152302099)
    #expect(linear.degreesOfFreedom == 5)
    expectClose(linear.p, 0.19031379125414583)
    expectClose(PartialCorrelation.onRanks(x, y, given: c, degree: 1)?.r, 0.7457373230871124)
    let cubic = try #require(PartialCorrelation.onRanks(x, y, given: c))
    expectClose(cubic.r, 0.8419409973570737)
    #expect(cubic.degreesOfFreedom == 3)
  }

  @Test("What a covariate explains wholly leaves nothing to correlate")
  func explained() {
    #expect(PartialCorrelation.linear(x, x.map { 3 - 2 * $0 }, given: x) == nil)
    #expect(PartialCorrelation.linear(x, c.map { 1 + 0.25 * $0 }, given: c) == nil)
    #expect(PartialCorrelation.linear([1, 2, 3], [1, 3, 2], given: [1, 2, 4]) == nil)
    #expect(PartialCorrelation.linear(x, y, given: c.map { _ in 7 })?.degreesOfFreedom == 6)
  }

  @Test("Williams' t of r(y, x) against r(y, c)")
  func williams() throws {
    let r = [Pearson.correlation(y, x), Pearson.correlation(y, c), Pearson.correlation(x, c)]
    let values = r.compactMap { $0 }
    let test = try #require(WilliamsTest(values[0], values[1], values[2], count: 8))
    expectClose(test.t, -0.03257745066240541)
    expectClose(test.p, 0.9752720120742713)
    #expect(WilliamsTest(0.5, 0.4, 0.3, count: 3) == nil)
  }

  @Test("Constant lists have no correlation", arguments: CorrelationKind.allCases)
  func constant(kind: CorrelationKind) {
    #expect(kind.value(x, x.map { _ in 0.1 }) == nil)
    #expect(kind.value(x.map { _ in 0.1 }, y) == nil)
    #expect(kind.value([1], [2]) == nil)
    #expect(kind.value([1, 2], [5, 7]) == 1)
  }

  @Test("A perfect relation has p 0 and an interval of one point")
  func perfect() throws {
    let r = try #require(Pearson.correlation([1, 2, 3, 4], [2, 4, 6, 8]))
    #expect(r == 1 && Pearson.p(r, degreesOfFreedom: 2) == 0)
    #expect(FisherInterval.interval(r, count: 4, coverage: 0.95) == 1...1)
  }

  @Test("Shift and scale change nothing", arguments: CorrelationKind.allCases)
  func invariance(kind: CorrelationKind) throws {
    let value = try #require(kind.value(x, y))
    expectClose(kind.value(x.map { 1e3 + 1e-6 * $0 }, y.map { 7 - 3 * $0 }), -value, 1e-7)
    #expect(kind.value(y, x) == value)
  }
}
