/// Sums that everything else is made of, each in the order of the values.
package enum Moments {
  /// The mean of at least one value.
  package static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// The variance with n − 1 in the denominator; 0 for fewer than two values.
  package static func variance(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let centred = centred(values)
    return sumOfProducts(centred, centred) / Double(values.count - 1)
  }

  /// The values less their mean.
  package static func centred(_ values: [Double]) -> [Double] {
    let mean = mean(values)
    return values.map { $0 - mean }
  }

  /// Σ xᵢyᵢ of two lists of the same length.
  package static func sumOfProducts(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "both lists need the same length")
    var sum = 0.0
    for index in x.indices { sum += x[index] * y[index] }
    return sum
  }
}
