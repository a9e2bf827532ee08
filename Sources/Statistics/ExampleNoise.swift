/// How much of a model's mean loss is the luck of the examples it was evaluated on.
///
/// What all models share (an example that is hard for all) moves every gap alike and is no noise
/// between them; noise is the variance over examples of what is left: Var_n(ℓᵢₙ − meanᵢ ℓᵢₙ).
package struct ExampleNoise: Sendable {
  /// Examples behind each mean.
  package let examples: Int
  private let diagonal: [Double]
  private let form: QuadraticForm

  /// From the lower triangle of ``LossCovariance``.
  package init(triangle: [[Double]], examples: Int) {
    self.examples = examples
    diagonal = triangle.indices.map { triangle[$0][$0] }
    var full = triangle.map { $0 + [Double](repeating: 0, count: triangle.count - $0.count) }
    for i in full.indices {
      for j in 0..<i { full[j][i] = full[i][j] }
    }
    form = QuadraticForm(covariance: full)
  }

  /// From the losses themselves, one list a model: cheaper where examples are fewer than models.
  package init(losses: [[Double]]) {
    let count = losses.first?.count ?? 0
    precondition(count > 1 && losses.allSatisfy { $0.count == count }, "examples must be the same")
    examples = count
    let centred = losses.map(Moments.centred)
    diagonal = losses.map(Moments.variance)
    let scale = Double(count - 1).squareRoot()
    form = QuadraticForm(factor: (0..<count).map { n in centred.map { $0[n] / scale } })
  }

  /// Mean over models of the variance of their mean loss, when model i counts `weights[i]` times.
  package func variance(weights: [Double]) -> Double {
    let total = weights.reduce(0, +)
    let shares = weights.map { $0 / total }
    let variance = Moments.sumOfProducts(shares, diagonal) - form.value(shares)
    return max(0, variance) / Double(examples)
  }
}
