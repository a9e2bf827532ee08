/// Corrections of p values for the number of tests in a family.
package enum MultipleTests {
  /// Holm's step-down correction, in the order given; keeps the family-wise error rate.
  package static func holm(_ p: [Double]) -> [Double] {
    let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
    var adjusted = p
    var largest = 0.0
    for (position, index) in order.enumerated() {
      largest = max(largest, min(1, Double(p.count - position) * p[index]))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// The step-up correction of Benjamini and Hochberg; keeps the false discovery rate.
  package static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
    var adjusted = p
    var smallest = 1.0
    for (position, index) in order.enumerated().reversed() {
      smallest = min(smallest, Double(p.count) * p[index] / Double(position + 1))
      adjusted[index] = smallest
    }
    return adjusted
  }
}
