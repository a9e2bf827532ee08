/// Kendall's rank correlation: concordant less discordant pairs, over pairs.
package struct Kendall: Sendable, Equatable {
  /// Concordant less discordant pairs.
  package let score: Int
  /// n(n − 1)/2.
  package let pairs: Int
  /// Pairs that are equal in x, and in y.
  package let tiedX: Int
  package let tiedY: Int

  /// Counts pairs in O(n log n) by Knight's method: inversions of y in the order of x.
  package init(_ x: [Double], _ y: [Double]) {
    precondition(x.count == y.count, "both lists need the same length")
    let order = x.indices.sorted { (x[$0], y[$0]) < (x[$1], y[$1]) }
    pairs = x.count * (x.count - 1) / 2
    tiedX = Self.tiedPairs(order) { x[$0] == x[$1] }
    let tiedBoth = Self.tiedPairs(order) { x[$0] == x[$1] && y[$0] == y[$1] }
    var sortedY = order.map { y[$0] }
    let inversions = Self.mergeSort(&sortedY)
    tiedY = Self.tiedPairs(Array(sortedY.indices)) { sortedY[$0] == sortedY[$1] }
    score = pairs - tiedX - tiedY + tiedBoth - 2 * inversions
  }

  /// τ_a, with ties in the denominator; nil for fewer than two points.
  package var tauA: Double? {
    pairs > 0 ? Double(score) / Double(pairs) : nil
  }

  /// τ_b, with ties taken out; nil where x or y does not vary.
  package var tauB: Double? {
    guard pairs > tiedX, pairs > tiedY else { return nil }
    let scale = Double(pairs - tiedX).squareRoot() * Double(pairs - tiedY).squareRoot()
    return min(1, max(-1, Double(score) / scale))
  }

  /// Pairs within runs of neighbours that are equal.
  private static func tiedPairs(_ order: [Int], equal: (Int, Int) -> Bool) -> Int {
    var (pairs, run) = (0, 0)
    for position in order.indices.dropFirst() {
      run = equal(order[position - 1], order[position]) ? run + 1 : 0
      pairs += run
    }
    return pairs
  }

  /// Sorts `values` and counts how many pairs were in the wrong order.
  private static func mergeSort(_ values: inout [Double]) -> Int {
    var inversions = 0
    var width = 1
    var merged = values
    while width < values.count {
      for start in stride(from: 0, to: values.count, by: 2 * width) {
        let middle = min(start + width, values.count)
        let end = min(start + 2 * width, values.count)
        var (left, right) = (start, middle)
        for position in start..<end {
          if left < middle, right == end || values[left] <= values[right] {
            merged[position] = values[left]
            left += 1
          } else {
            merged[position] = values[right]
            right += 1
            inversions += middle - left
          }
        }
      }
      swap(&values, &merged)
      width *= 2
    }
    return inversions
  }
}
