import Figures
import TestSupport
import Testing

@Suite struct BinsTests {
  @Test(arguments: [1, 2, 7, 100, 5_000])
  func everyValueIsCountedOnce(count: Int) {
    var numbers = SampleNumbers(seed: UInt32(count))
    let values = (0..<count).map { _ in numbers.normal(mean: 0.0285, deviation: 0.0038) }
    let bars = Bins(of: values).bars
    #expect(bars.reduce(0) { $0 + $1.count } == count)
    #expect(zip(bars, bars.dropFirst()).allSatisfy { $0.upper == $1.lower })
    #expect(bars.count <= 80)
    for bar in bars {
      #expect(values.count { bar.lower <= $0 && $0 < bar.upper } == bar.count)
    }
  }

  @Test func equalValuesMakeOneBarAroundThem() {
    let bars = Bins(of: [3, 3, 3]).bars
    #expect(bars.count == 1)
    #expect(bars.first.map { $0.lower < 3 && 3 < $0.upper && $0.count == 3 } == true)
  }

  @Test func whatIsNotFiniteIsLeftOut() {
    #expect(Bins(of: [.nan, .infinity]).bars.isEmpty)
    #expect(Bins(of: [1, .nan, 2]).bars.reduce(0) { $0 + $1.count } == 2)
    #expect(Bins(of: []).bars.isEmpty)
  }
}
