/// The largest σ at which a network keeps its accuracy, by geometric bisection.
///
/// The accuracy is taken to fall as σ grows; where it does not, the result is one of the σ at which
/// it passes the limit.
enum LargestSigma {
  /// Where σ is looked for: the smallest changes no network, the largest leaves nothing of it.
  static let bracket = 1e-5...10.0
  /// They leave the bracket's ends a factor of 10^(6/2¹⁴) = 1.0008 apart.
  static let bisections = 14
  /// The mean fall of the accuracy that is still none.
  static let allowedFall = 0.1

  /// - Parameter fall: the mean fall of the accuracy at a σ.
  /// - Throws: what `fall` throws.
  /// - Returns: σ; 0 where the accuracy has fallen at the bracket's lower end, ∞ where it has not
  ///   at the upper one.
  static func find(_ fall: (Double) throws -> Double) rethrows -> Double {
    var (lower, upper) = (bracket.lowerBound, bracket.upperBound)
    if try fall(lower) > allowedFall { return 0 }
    if try fall(upper) <= allowedFall { return .infinity }
    for _ in 0..<bisections {
      let middle = (lower * upper).squareRoot()
      if try fall(middle) <= allowedFall { lower = middle } else { upper = middle }
    }
    return lower
  }
}
