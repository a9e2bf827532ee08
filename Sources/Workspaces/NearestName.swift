/// The candidate most like `name`, when it is near enough to be what somebody meant.
///
/// Near is an edit distance (insertion, deletion, substitution, swap of neighbours; letter case counts
/// nothing) of at most a third of the name's length, and at least 1. Ties go to the first in byte order.
func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().utf8)
  var best: (distance: Int, name: String)?
  for candidate in candidates {
    let limit = min(best?.distance ?? Int.max, max(1, wanted.count / 3))
    let letters = Array(candidate.lowercased().utf8)
    guard abs(letters.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, letters)
    let isBetter =
      best.map {
        distance < $0.distance
          || distance == $0.distance && candidate.utf8.lexicographicallyPrecedes($0.name.utf8)
      } ?? true
    if distance <= limit, isBetter { best = (distance, candidate) }
  }
  return best?.name
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var (before, previous) = ([Int](), Array(0...right.count))
  for (row, letter) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      var distance = min(
        previous[column + 1] + 1, current[column] + 1, previous[column] + (letter == other ? 0 : 1))
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        distance = min(distance, before[column - 1] + 1)
      }
      current.append(distance)
    }
    (before, previous) = (previous, current)
  }
  return previous[right.count]
}
