/// Finds what somebody meant to type.
package enum NearestName {
  /// The nearest of `names` by edits (insert, delete, replace, swap neighbours; case counts for
  /// little); nil when more than a third of the name would have to change.
  package static func find(_ name: String, in names: some Collection<String>) -> String? {
    let wanted = Array(name.lowercased().utf8.prefix(64))
    let limit = max(1, min(wanted.count, 24) / 3)
    var best: (distance: Int, name: String)?
    for candidate in names where candidate != name {
      let other = candidate.utf8.count <= 64 ? Array(candidate.lowercased().utf8) : []
      guard !other.isEmpty, abs(other.count - wanted.count) <= limit else { continue }
      let distance = edits(wanted, other)
      if distance <= limit, distance < wanted.count, distance < best?.distance ?? .max {
        best = (distance, candidate)
      }
    }
    return best?.name
  }

  /// Optimal string alignment distance.
  private static func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before = [Int](repeating: 0, count: right.count + 1)
    var above = Array(0...right.count)
    var row = above
    for i in 1..<(left.count + 1) {
      row[0] = i
      for j in 1..<(right.count + 1) {
        let same = left[i - 1] == right[j - 1]
        row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
      }
      (before, above, row) = (above, row, before)
    }
    return above[right.count]
  }
}
