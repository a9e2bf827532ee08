/// The mean loss as a function of the parameters, with what is known of it at a point.
///
/// Points `w` and directions are flat as ``Shape`` has it. No result depends on `threads`: sums over
/// images are f64, in blocks of a fixed size that are added in their order.
protocol LossSurface: Sendable {
  /// The mean loss over a range of images.
  func loss(at w: [Double], over range: Range<Int>, threads: Int) -> Double

  /// The mean loss and its gradient over a range of images.
  func gradient(
    at w: [Double], over range: Range<Int>, threads: Int
  ) -> (loss: Double, gradient: [Double])

  /// H·v over all images, exact: the derivative of the gradient along v (Pearlmutter's R-operator).
  func hessian(at w: [Double], times v: [Double], threads: Int) -> [Double]

  /// The closed forms over all images.
  func closedForms(at w: [Double], threads: Int) -> ClosedForms

  /// For each image the output of its class minus the largest other one.
  func margins(at w: [Double], threads: Int) -> [Double]
}
