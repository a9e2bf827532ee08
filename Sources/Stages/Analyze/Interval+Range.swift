import Findings

extension Interval {
  init(_ range: ClosedRange<Double>) {
    self.init(lower: range.lowerBound, upper: range.upperBound)
  }

  /// Nil where an end is not finite.
  init?(finite range: ClosedRange<Double>) {
    guard range.lowerBound.isFinite, range.upperBound.isFinite else { return nil }
    self.init(range)
  }
}
