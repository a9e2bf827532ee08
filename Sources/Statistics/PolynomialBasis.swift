/// Orthonormal polynomials in a covariate, made by Gram and Schmidt, for least squares.
struct PolynomialBasis {
  /// The powers that could be told apart; less than asked for where the covariate has few values.
  var degree: Int { columns.count - 1 }
  private var columns: [[Double]] = []

  init(_ covariate: [Double], degree: Int) {
    let lowest = covariate.min() ?? 0
    let range = (covariate.max() ?? 0) - lowest
    // Between −1 and 1 the powers stay comparable in size.
    let scaled = covariate.map { range > 0 ? 2 * (($0 - lowest) / range) - 1 : 0 }
    var power = [Double](repeating: 1, count: covariate.count)
    for _ in 0...degree {
      append(power)
      power = zip(power, scaled).map { $0 * $1 }
    }
  }

  /// What the polynomials leave of `values`, or nil when that is nothing but rounding.
  func residuals(of values: [Double]) -> [Double]? {
    let scale = Moments.centred(values)
    let rest = withoutProjections(withoutProjections(values))
    let (left, whole) = (Moments.sumOfProducts(rest, rest), Moments.sumOfProducts(scale, scale))
    return left > 1e-24 * whole ? rest : nil
  }

  private mutating func append(_ column: [Double]) {
    let rest = withoutProjections(withoutProjections(column))
    let (left, whole) = (Moments.sumOfProducts(rest, rest), Moments.sumOfProducts(column, column))
    guard left > 1e-20 * whole else { return }
    let norm = left.squareRoot()
    columns.append(rest.map { $0 / norm })
  }

  private func withoutProjections(_ values: [Double]) -> [Double] {
    var rest = values
    for column in columns {
      let share = Moments.sumOfProducts(rest, column)
      for index in rest.indices { rest[index] -= share * column[index] }
    }
    return rest
  }
}
