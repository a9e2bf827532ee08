/// The calls of the inner loops that only measures make.
extension BatchView {
  /// E_y becomes what the other classes leave.
  func settleErrors<Loops: KernelLoops>(
    _: Loops.Type, _ batch: Span<Int32>, _ E: inout FloatStorage
  ) {
    var E = E.mutableSpan
    Loops.settleErrors(labels: images.labels.span, batch: batch, classes: shape.classes, E: &E)
  }

  /// ‖x‖² of each image of a batch.
  func squaredNorms(_ batch: Span<Int32>, _ X: inout FloatStorage) {
    let groups = images.groups
    for n in 0..<batch.count {
      let image = Int(batch[n])
      var sum = 0
      let first = Int(groups.starts[image]) + groups.maskWords
      for group in groups.records[first..<Int(groups.starts[image + 1])] {
        for shift in stride(from: 0, to: UInt32(32), by: 8) {
          let brightness = Int(group >> shift & 255)
          sum += brightness * brightness
        }
      }
      X[float: n] = Float(Double(sum) / (255 * 255))
    }
  }

  func addClosedForms<Loops: KernelLoops>(
    _: Loops.Type, _ batch: Span<Int32>, _ parameters: borrowing ParameterSet,
    _ H: FloatStorage, _ E: FloatStorage, _ L: FloatStorage, _ S: FloatStorage,
    _ X: FloatStorage, _ T: inout FloatStorage, _ z: inout FloatStorage,
    _ sums: inout [SIMD16<Double>]
  ) {
    var T = T.mutableSpan
    var z = z.mutableSpan
    var sums = sums.mutableSpan
    Loops.addClosedForms(
      labels: images.labels.span, batch: batch, H: H.span, E: E.span, L: L.span, S: S.span,
      X: X.span, W2: parameters.W2.span, b2: parameters.b2.span, hidden: shape.hidden,
      row: shape.row, classes: shape.classes, activation: activation, T: &T, z: &z, sums: &sums)
  }

  /// RA becomes Rh, and RE the derivative of the output errors.
  func curvatureOutput<Loops: KernelLoops>(
    _: Loops.Type, _ batch: Span<Int32>, _ parameters: borrowing ParameterSet,
    _ direction: borrowing ParameterSet, _ H: FloatStorage, _ E: FloatStorage,
    _ RA: inout FloatStorage, _ RE: inout FloatStorage, _ T: inout FloatStorage,
    _ z: inout FloatStorage
  ) {
    var RA = RA.mutableSpan
    var RE = RE.mutableSpan
    var T = T.mutableSpan
    var z = z.mutableSpan
    Loops.curvatureOutput(
      labels: images.labels.span, batch: batch, H: H.span, E: E.span, W2: parameters.W2.span,
      V2: direction.W2.span, c2: direction.b2.span, hidden: shape.hidden, row: shape.row,
      classes: shape.classes, activation: activation, RA: &RA, RE: &RE, T: &T, z: &z)
  }

  /// The derivatives of the second layer's gradient and of the deltas D.
  func curvatureBackward<Loops: KernelLoops>(
    _: Loops.Type, _ count: Int, _ parameters: borrowing ParameterSet,
    _ direction: borrowing ParameterSet, _ H: FloatStorage, _ E: FloatStorage,
    _ RH: FloatStorage, _ RE: FloatStorage, _ RGW2: inout FloatStorage,
    _ RGb2: inout FloatStorage, _ D: inout FloatStorage
  ) {
    var RGW2 = RGW2.mutableSpan
    var RGb2 = RGb2.mutableSpan
    var D = D.mutableSpan
    Loops.curvatureBackward(
      count: count, E: E.span, RE: RE.span, H: H.span, RH: RH.span, W2: parameters.W2.span,
      V2: direction.W2.span, row: shape.row, classes: shape.classes, activation: activation,
      RGW2: &RGW2, RGb2: &RGb2, D: &D)
  }

  func margins<Loops: KernelLoops>(
    _: Loops.Type, _ batch: Span<Int32>, _ parameters: borrowing ParameterSet,
    _ H: FloatStorage, _ T: inout FloatStorage, _ z: inout FloatStorage, _ M: inout FloatStorage
  ) {
    var T = T.mutableSpan
    var z = z.mutableSpan
    var M = M.mutableSpan
    Loops.margins(
      labels: images.labels.span, batch: batch, H: H.span, W2: parameters.W2.span,
      b2: parameters.b2.span, hidden: shape.hidden, row: shape.row, classes: shape.classes,
      T: &T, z: &z, M: &M)
  }
}
