/// Covariances of models' losses over the examples they were evaluated on.
///
/// One resample of models then costs O(models²) instead of O(models × examples).
package struct LossCovariance: Sendable {
  private let losses: ExampleLosses
  private let means: [Double]

  /// Losses of at least two examples a model.
  ///
  /// A pair of models shares some of its examples or all of them. What only one of them was evaluated
  /// on adds nothing to their covariance but counts in the denominator, so that a variance of means
  /// made from these covariances holds the luck of having been given other examples.
  package init(losses: ExampleLosses) {
    precondition(losses.count > 1, "a covariance needs two examples")
    self.losses = losses
    means = losses.totals.map { $0 / Double(losses.count) }
  }

  /// Rows of the lower triangle: for each i of `rows` the covariances with models 0 … i.
  ///
  /// Each value is summed in the same order whatever rows are asked for, so that threads may share
  /// the work in any way.
  package func triangle(rows: Range<Int>) -> [[Double]] {
    var sums = rows.map { [Double](repeating: 0, count: $0 + 1) }
    for start in stride(from: 0, to: losses.places, by: Self.chunk) {
      let block = centred(models: rows.upperBound, start..<min(start + Self.chunk, losses.places))
      for (index, row) in rows.enumerated() {
        for column in stride(from: 0, through: row, by: 2) {
          let pair = Self.dots(block, row, column, min(column + 1, row))
          sums[index][column] += pair.0
          if column < row { sums[index][column + 1] += pair.1 }
        }
      }
    }
    return sums.map { $0.map { $0 / Double(losses.count - 1) } }
  }

  /// Examples at a time: a chunk of a hundred models fits into a second-level cache.
  private static let chunk = 1024
  private static let vectors = chunk / 4

  /// Centred losses of models 0 ..< models at some places, `vectors` for each, padded with zeros.
  private func centred(models: Int, _ places: Range<Int>) -> [SIMD4<Double>] {
    var block = [SIMD4<Double>](repeating: .zero, count: models * Self.vectors)
    for model in 0..<models {
      let (mean, losses) = (means[model], losses.rows[model])
      for (offset, example) in places.enumerated() where !losses[example].isNaN {
        block[model * Self.vectors + offset / 4][offset % 4] = Double(losses[example]) - mean
      }
    }
    return block
  }

  /// Products of one model's losses with those of two others, summed.
  private static func dots(
    _ block: [SIMD4<Double>], _ row: Int, _ first: Int, _ second: Int
  ) -> (Double, Double) {
    var (sumFirst, sumSecond) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    let (row, first, second) = (row * vectors, first * vectors, second * vectors)
    for index in 0..<vectors {
      let value = block[row + index]
      sumFirst += value * block[first + index]
      sumSecond += value * block[second + index]
    }
    return (sum(sumFirst), sum(sumSecond))
  }

  private static func sum(_ vector: SIMD4<Double>) -> Double {
    (vector.x + vector.y) + (vector.z + vector.w)
  }
}
