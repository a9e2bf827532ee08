/// An axis of a relation: its name and where its values are.
struct AxisColumn: Hashable {
  let name: String
  /// Index among the planner's value lists.
  let domain: Int
  var isOwn: Bool
}

/// The branches of a stage as a table: one row a branch, one column an axis, values by index.
///
/// `payloads` has a column for each input joined in (what the row takes from it).
struct Relation {
  var axes: [AxisColumn] = []
  /// Row-major, `count × axes.count`.
  var cells: [Int32] = []
  var count = 1
  var payloads: [[Int32]] = []

  /// The only row of a stage without axes; shared, since most stages have none.
  static let single = Relation(payloads: [[0]])

  func row(_ index: Int) -> ArraySlice<Int32> {
    cells[index * axes.count..<(index + 1) * axes.count]
  }
}

/// Why two relations do not fit together.
enum JoinRefusal: Error {
  /// The other side lacks this row's values on the shared axes.
  case onlyInLeft(row: Int)
  case onlyInRight(row: Int)
  case tooManyRows
}

/// Values on several axes as one key; a number where it fits, which it mostly does.
enum AxisKey: Hashable {
  case packed(Int)
  case wide([Int32])
}

/// Makes keys of rows.
struct KeyPacker {
  private let factors: [Int]?

  /// - Parameter sizes: For each column, one more than its greatest index.
  init(sizes: [Int]) {
    var factors: [Int] = []
    var product = 1
    for size in sizes {
      factors.append(product)
      let (next, overflow) = product.multipliedReportingOverflow(by: max(size, 1))
      guard !overflow else {
        self.factors = nil
        return
      }
      product = next
    }
    self.factors = factors
  }

  func key(_ values: some Sequence<Int32>) -> AxisKey {
    guard let factors else { return .wide(Array(values)) }
    return .packed(zip(factors, values).reduce(0) { $0 + $1.0 * Int($1.1) })
  }
}
