import ReproducibleMath

/// The gamma function.
package enum GammaFunction {
  /// log Γ(x) for x > 0: Stirling's series after the argument was raised above 15.
  package static func logarithm(_ x: Double) -> Double {
    precondition(x > 0, "log Γ is needed for positive arguments only")
    var (raised, product) = (x, 1.0)
    while raised < 15 {
      product *= raised
      raised += 1
    }
    let inverse = 1 / raised
    let square = inverse * inverse
    var series = -691.0 / 360_360
    series = series * square + 1.0 / 1188
    series = series * square - 1.0 / 1680
    series = series * square + 1.0 / 1260
    series = series * square - 1.0 / 360
    series = series * square + 1.0 / 12
    let stirling =
      (raised - 0.5) * Elementary.log(raised) - raised + 0.5 * Elementary.log(2 * Double.pi)
    return stirling + series * inverse - Elementary.log(product)
  }
}
