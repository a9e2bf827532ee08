import Findings
import Statistics

extension Correlation {
  /// r or ρ with p by t and Fisher's interval; nil for fewer than four points or where one list does
  /// not vary.
  init?(_ kind: CorrelationKind, _ x: [Double], _ y: [Double], coverage: Double) {
    guard x.count > 3, let value = kind.value(x, y) else { return nil }
    self.init(
      value: value, p: Pearson.p(value, degreesOfFreedom: x.count - 2),
      interval: Interval(FisherInterval.interval(value, count: x.count, coverage: coverage)))
  }
}
