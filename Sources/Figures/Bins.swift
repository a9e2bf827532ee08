/// Counts in bins of equal, nice width.
package struct Bins: Sendable, Equatable {
  package struct Bar: Sendable, Equatable {
    package var lower: Double
    package var upper: Double
    package var count: Int
  }

  package var bars: [Bar]

  /// Bins the finite values; about √n bins, at least 5 and at most 40, with edges at nice numbers.
  ///
  /// No value that can be drawn: no bar. All values equal: one bar around them.
  package init(of values: [Double]) {
    let finite = values.filter { Drawable.contains($0 * 100) }.sorted()
    guard let least = finite.first, let greatest = finite.last else {
      bars = []
      return
    }
    guard !Drawable.areEqual(least, greatest) else {
      let half = Drawable.areEqual(least, 0) ? 0.5 : least.magnitude / 200
      bars = [Bar(lower: least - half, upper: least + half, count: finite.count)]
      return
    }
    let wanted = min(40, max(5, Int(Double(finite.count).squareRoot())))
    let step = Self.step(for: greatest - least, bins: wanted)
    let first = Int((least / step.value(times: 1)).rounded(.down)) - 1
    bars = []
    var index = first
    var position = 0
    while position < finite.count {
      let upper = step.value(times: index + 1)
      let start = position
      while position < finite.count, finite[position] < upper { position += 1 }
      if position > start || !bars.isEmpty {
        bars.append(Bar(lower: step.value(times: index), upper: upper, count: position - start))
      }
      index += 1
    }
  }

  /// The nice step whose number of bins over `width` is nearest to `bins` from below, but for at most 8/5 of it.
  private static func step(for width: Double, bins: Int) -> NiceStep {
    var step = NiceStep(notAbove: width / Double(bins))
    while width / step.value(times: 1) > 1.6 * Double(bins) { step = step.next }
    return step
  }
}
