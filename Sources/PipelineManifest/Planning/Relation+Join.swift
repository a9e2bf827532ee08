extension Relation {
  /// This relation with another one joined in on the axes that both have.
  ///
  /// Time is linear in the rows of both and of the result.
  ///
  /// - Parameters:
  ///   - right: The other one; it has one payload column.
  ///   - translations: For each axis of `right` that is shared, the index here of each of its values
  ///     (−1: not here); nil where indices are the same.
  ///   - sizes: For each axis of this relation, how many values its domain has.
  ///   - limit: Rows that the result may have.
  /// - Returns: Rows in no particular order; axes of `right` that are new come last.
  /// - Throws: ``JoinRefusal`` unless both have the same set of values on the shared axes.
  func joined(
    with right: Relation, translations: [[Int32]?], sizes: [Int], limit: Int
  ) throws(JoinRefusal) -> Relation {
    var shared: [(left: Int, right: Int)] = []
    var added: [Int] = []
    for (column, axis) in right.axes.enumerated() {
      if let own = axes.firstIndex(where: { $0.name == axis.name }) {
        shared.append((own, column))
      } else {
        added.append(column)
      }
    }
    let packer = KeyPacker(sizes: shared.map { sizes[$0.left] })
    let index = try rows(of: right, by: shared, translations, packer)
    return try product(right, index, shared.map(\.left), added, packer, limit)
  }

  /// The rows of `right` by their values on the shared axes.
  private func rows(
    of right: Relation, by shared: [(left: Int, right: Int)], _ translations: [[Int32]?],
    _ packer: KeyPacker
  ) throws(JoinRefusal) -> [AxisKey: [Int32]] {
    var index: [AxisKey: [Int32]] = [:]
    index.reserveCapacity(shared.isEmpty ? 1 : right.count)
    var values = [Int32](repeating: 0, count: shared.count)
    for row in 0..<right.count {
      for (position, column) in shared.enumerated() {
        let value = right.cells[row * right.axes.count + column.right]
        values[position] = translations[column.right].map { $0[Int(value)] } ?? value
        guard values[position] >= 0 else { throw .onlyInRight(row: row) }
      }
      index[packer.key(values), default: []].append(Int32(row))
    }
    return index
  }

  private func product(
    _ right: Relation, _ index: [AxisKey: [Int32]], _ shared: [Int], _ added: [Int],
    _ packer: KeyPacker, _ limit: Int
  ) throws(JoinRefusal) -> Relation {
    var result = Relation(
      axes: axes + added.map { right.axes[$0] }, cells: [], count: 0,
      payloads: Array(repeating: [], count: payloads.count + 1))
    var used: Set<AxisKey> = []
    for row in 0..<count {
      let cells = row * axes.count
      let key = packer.key(shared.lazy.map { self.cells[cells + $0] })
      guard let partners = index[key] else { throw .onlyInLeft(row: row) }
      if !shared.isEmpty { used.insert(key) }
      guard result.count + partners.count <= limit else { throw .tooManyRows }
      for partner in partners {
        result.cells += self.row(row)
        let others = Int(partner) * right.axes.count
        for column in added { result.cells.append(right.cells[others + column]) }
        for (position, payload) in payloads.enumerated() {
          result.payloads[position].append(payload[row])
        }
        result.payloads[payloads.count].append(right.payloads[0][Int(partner)])
        result.count += 1
      }
    }
    if !shared.isEmpty, let missing = index.first(where: { !used.contains($0.key) }) {
      let first = index.filter { !used.contains($0.key) }.values.compactMap(\.first).min()
      throw .onlyInRight(row: Int(first ?? missing.value[0]))
    }
    return result
  }

  /// The same rows with axes by name, ordered by the indices of their values.
  func sorted() -> Relation {
    let columns = axes.indices.sorted {
      axes[$0].name.utf8.lexicographicallyPrecedes(axes[$1].name.utf8)
    }
    var result = self
    result.axes = columns.map { axes[$0] }
    if columns != Array(axes.indices) {
      for row in 0..<count {
        for (position, column) in columns.enumerated() {
          result.cells[row * axes.count + position] = cells[row * axes.count + column]
        }
      }
    }
    return result.withRowsInOrder()
  }

  private func withRowsInOrder() -> Relation {
    func precedes(_ left: Int, _ right: Int) -> Bool {
      row(left).lexicographicallyPrecedes(row(right))
    }
    if (1..<max(count, 1)).allSatisfy({ !precedes($0, $0 - 1) }) { return self }
    let order = (0..<count).sorted(by: precedes)
    var result = self
    result.cells = order.flatMap { row($0) }
    result.payloads = payloads.map { payload in order.map { payload[$0] } }
    return result
  }
}
