/// Sums losses in f64 in file order, so that the mean does not depend on how they were computed.
func meanOfLosses(_ losses: [Float]) -> Double {
  var sum = 0.0
  for loss in losses { sum += Double(loss) }
  return sum / Double(losses.count)
}
