extension Loops {
  /// The margins of a batch: the output of the own class minus the largest other one.
  ///
  /// H [batch][row] as ``batchOutput`` left it, W2 [classes][row], b2 [16], M [groups of 16]. What
  /// is not a number stays one; with a single class a margin is +∞. Scratch: T [row][16],
  /// z [classes][16].
  @inline(never)
  package static func margins(
    labels: Span<UInt8>, batch: Span<Int32>, H: Floats, W2: Floats, b2: Floats, hidden: Int,
    row: Int, classes: Int, T: inout MutableFloats, z: inout MutableFloats,
    M: inout MutableFloats
  ) {
    let groups = (batch.count + 15) / 16
    precondition(row % 16 == 0 && H.floats >= groups * 16 * row && M.floats >= groups * 16)
    precondition(T.floats >= row * 16 && z.floats >= classes * 16)
    for group in 0..<groups {
      for unit in stride(from: 0, to: row, by: 16) {
        transpose(H, at: group * 16 * row + unit, stride: row, into: &T, at: unit * 16)
      }
      outputs(
        T.span, at: 0, hidden: hidden, W2, weights: 0, row: row, b2, biases: 0, classes: classes,
        into: &z, at: 0)
      let known = labelLanes(labels, batch, group * 16)
      var own = Lanes(repeating: 0)
      var other = Lanes(repeating: -.infinity)
      for c in 0..<classes {
        let value = z.lanes(at: c * 16)
        let isOwn = known .== Float(c)
        own = own.replacing(with: value, where: isOwn)
        other = other.replacing(with: value, where: .!isOwn .& .!(value .<= other))
      }
      M.store(own - other, at: group * 16)
    }
  }
}
