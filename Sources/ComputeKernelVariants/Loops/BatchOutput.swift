extension Loops {
  /// From hidden sums to losses and output errors of a batch.
  ///
  /// A [batch][row] becomes H = φ(A), units beyond `hidden` 0. W2 [classes][row], b2 [16]. The
  /// errors e = p − onehot go to E [groups of 16 images][classes][16], 0 where there is no image,
  /// and the losses to L [groups][16], which has the labels before. `scratch` holds [row][16].
  @inline(never)
  package static func batchOutput(
    labels: Span<UInt8>, batch: Span<Int32>, W2: Floats, b2: Floats, hidden: Int, row: Int,
    classes: Int, activation: Int, A: inout MutableFloats, E: inout MutableFloats,
    L: inout MutableFloats, scratch: inout MutableFloats
  ) {
    let groups = (batch.count + 15) / 16
    precondition(row % 16 == 0 && A.floats >= groups * 16 * row)
    precondition(E.floats >= groups * 16 * classes)
    precondition(L.floats >= groups * 16 && scratch.floats >= row * 16)
    for n in 0..<groups * 16 {
      L.store(n < batch.count ? Float(labels[Int(batch[n])]) : -1, at: n)
    }
    for group in 0..<groups {
      activateGroup(&A, at: group * 16 * row, hidden: hidden, row: row, activation)
      for unit in stride(from: 0, to: row, by: 16) {
        transpose(
          A.span, at: group * 16 * row + unit, stride: row, into: &scratch, at: unit * 16)
      }
      let at = group * classes * 16
      outputs(
        scratch.span, at: 0, hidden: hidden, W2, weights: 0, row: row, b2, biases: 0,
        classes: classes, into: &E, at: at)
      let known = L.lanes(at: group * 16)
      let result = softmax(&E, at: at, classes: classes, labels: known)
      L.store(result.losses, at: group * 16)
      let share = 1 / result.sum
      for c in 0..<classes {
        let p = E.lanes(at: at + c * 16) * share
        let error = p.replacing(with: p - 1, where: known .== Float(c))
        E.store(error.replacing(with: 0, where: known .< 0), at: at + c * 16)
      }
    }
  }

  /// φ of sixteen rows; units beyond `hidden` become 0 whatever φ(0) is.
  @inline(__always)
  private static func activateGroup(
    _ A: inout MutableFloats, at index: Int, hidden: Int, row: Int, _ activation: Int
  ) {
    let lane = Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    for unit in stride(from: 0, to: row, by: 16) {
      let used = lane .< Float(hidden - unit)
      for n in 0..<16 {
        let at = index + n * row + unit
        let h = activate(A.lanes(at: at), activation)
        A.store(Lanes(repeating: 0).replacing(with: h, where: used), at: at)
      }
    }
  }

  /// The labels of images `first ..< first + 16` of a batch; −1 beyond its end.
  @inline(__always)
  static func labelLanes(
    _ labels: Span<UInt8>, _ batch: Span<Int32>, _ first: Int
  ) -> Lanes {
    var lanes = Lanes(repeating: -1)
    for lane in 0..<min(16, batch.count - first) {
      lanes[lane] = Float(labels[Int(batch[first + lane])])
    }
    return lanes
  }
}
