/// The losses of models on the examples they were evaluated on, one place for each example.
///
/// Models may have been evaluated on different examples: each leaves out the places of those that it
/// was not evaluated on, and a place is the same example in all models.
package struct ExampleLosses: Sendable, Equatable {
  /// One row a model, all of the same length; NaN where it was not evaluated.
  let rows: [[Float]]
  /// Examples of each model.
  package let count: Int
  /// Sums over the examples of each model.
  let totals: [Double]

  /// Examples that at least one model was evaluated on.
  package var places: Int { rows.first?.count ?? 0 }

  /// All models on the same examples, in the same order.
  package init(_ losses: [[Float]]) {
    self.init(rows: losses, count: losses.first?.count ?? 0)
  }

  /// Models on examples that `numbers` names, in the order of each model's losses.
  ///
  /// All models need the same number of examples, each of which they may have once. Numbers are not
  /// negative, and there is memory for as many as the largest.
  package init(_ losses: [[Float]], numbers: [[Int64]]) {
    // The place of each number that occurs: how many smaller ones do.
    var places = [Int](repeating: 0, count: Int(numbers.joined().max() ?? -1) + 1)
    for number in numbers.joined() { places[Int(number)] = 1 }
    var count = 0
    for number in places.indices {
      let occurs = places[number]
      places[number] = count
      count += occurs
    }
    let rows = zip(losses, numbers).map { losses, numbers in
      var row = [Float](repeating: .nan, count: count)
      for (loss, number) in zip(losses, numbers) { row[places[Int(number)]] = loss }
      return row
    }
    self.init(rows: rows, count: losses.first?.count ?? 0)
  }

  private init(rows: [[Float]], count: Int) {
    precondition(
      rows.allSatisfy { row in row.count == rows[0].count && row.count { !$0.isNaN } == count },
      "each model needs the same number of examples")
    self.rows = rows
    self.count = count
    totals = rows.map { $0.reduce(0.0) { $1.isNaN ? $0 : $0 + Double($1) } }
  }
}
