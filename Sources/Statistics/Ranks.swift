/// Ranks from 1, equal values sharing the mean of theirs.
package enum Ranks {
  /// The mid-rank of each value, in the order of the values.
  package static func midRanks(_ values: [Double]) -> [Double] {
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    for group in groups(values) {
      let rank = Double(first + 1 + first + group.count) / 2
      for index in group { ranks[index] = rank }
      first += group.count
    }
    return ranks
  }

  /// Indices of equal values, group by group, from the smallest value to the largest.
  package static func groups(_ values: [Double]) -> [[Int]] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var groups: [[Int]] = []
    for index in order {
      if let last = groups.last?.last, values[last] == values[index] {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
    return groups
  }
}
