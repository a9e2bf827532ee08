import Figures
import Testing

@Suite struct TickTests {
  static let domains: [ClosedRange<Double>] = [
    0...1, 0.0007...0.0039, -0.31...0.47, 94.7...96.1, -1e-9...3e-9, 0...1e12, 99.9999...100.0001,
    -5 ... -4, 1e-300...2e-300,
  ]

  @Test(arguments: domains, 2...10)
  func linearTicksAreNiceAndInside(domain: ClosedRange<Double>, maximum: Int) {
    let ticks = NiceTicks(covering: domain, atMost: maximum)
    #expect(ticks.values.count <= maximum)
    #expect(ticks.values.allSatisfy(domain.contains))
    #expect(ticks.values == ticks.values.sorted())
    guard ticks.values.count >= 2 else { return }
    let step = ticks.values[1] - ticks.values[0]
    let digit = NumberText.significant(step, 1).first { $0 != "0" && $0 != "." }
    #expect(digit == "1" || digit == "2" || digit == "5", "step \(step)")
  }

  @Test(arguments: domains)
  func sixTicksLeaveAtLeastTwo(domain: ClosedRange<Double>) {
    #expect(NiceTicks(covering: domain, atMost: 6).values.count >= 2)
  }

  @Test func tickLabelsAreExactDecimals() {
    #expect(
      NiceTicks(covering: 0...0.7, atMost: 8).values == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
    #expect(NiceTicks(covering: 0...0.7, atMost: 8).decimals == 1)
    #expect(NiceTicks(covering: 0.0281...0.0299, atMost: 4).values == [0.0285, 0.029, 0.0295])
  }

  @Test func decadesAreThinnedWhenThereAreMany() {
    let ticks = LogTicks(covering: 1e-9...1e9, atMost: 6)
    #expect((2...6).contains(ticks.values.count))
    #expect(ticks.values.allSatisfy { $0 > 0 })
  }

  @Test func fewDecadesGetMoreTicks() {
    #expect(LogTicks(covering: 9...110, atMost: 8).values == [10, 20, 50, 100])
    #expect(LogTicks(covering: 2...40, atMost: 3).values == [3, 10, 30])
    #expect(LogTicks(covering: 9...110, atMost: 8).minor.contains(30))
  }

  @Test(arguments: [2.1...2.9, 30...47, 0.0012...0.0019])
  func lessThanADecadeStillHasTicks(domain: ClosedRange<Double>) {
    let ticks = LogTicks(covering: domain, atMost: 6).values
    #expect(ticks.count >= 2 && ticks.allSatisfy(domain.contains))
  }

  @Test(arguments: [
    (1.0, "1"), (50_000.0, "50,000"), (0.02, "0.02"), (1e-5, "10⁻⁵"), (2e6, "2·10⁶"), (2.2, "2.2"),
    (2.25e7, "2.25·10⁷"),
    (0.001, "0.001"),
  ])
  func logLabels(value: Double, expected: String) {
    #expect(LogTicks.label(value) == expected)
  }
}
