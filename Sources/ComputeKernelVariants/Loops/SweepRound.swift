extension Loops {
  /// Losses of 160 images under one network moved several lengths along several directions.
  ///
  /// The first layer is linear, X(W + σD) = XW + σ·XD, so one product serves all lengths: W1 holds,
  /// as ``round`` wants networks, the network and then its directions side by side. What is left is
  /// moved beforehand: b1 [directions][lengths][hidden], W2 [directions][lengths][classes][hidden],
  /// b2 [directions][lengths][classes]; `lengths` are the σ. `starts`, `columns`, `values` and
  /// `labels` are as in ``round``.
  ///
  /// Results: losses [directions][lengths][160], and `correct` [directions][lengths] grows by the
  /// images that were right. Scratch: x for the widened bytes, A [160][units], T [units][16],
  /// hT [hidden][16], z [classes][16].
  @inline(never)
  package static func sweepRound(
    starts: Span<Int32>, columns: Span<UInt16>, values: Span<UInt8>, labels: Floats,
    W1: Floats, b1: Floats, W2: Floats, b2: Floats, lengths: Span<Float>, directions: Int,
    hidden: Int, units: Int, classes: Int, activation: Int, losses: inout MutableFloats,
    correct: inout MutableSpan<Int32>, x: inout MutableFloats, A: inout MutableFloats,
    T: inout MutableFloats, hT: inout MutableFloats, z: inout MutableFloats
  ) {
    let images = BlockSizes.tileImages * BlockSizes.tilesPerRound
    precondition(units % 16 == 0 && (1 + directions) * hidden <= units && labels.floats == images)
    precondition(starts.count == BlockSizes.tilesPerRound + 1)
    precondition(correct.count == directions * lengths.count && T.floats >= units * 16)
    precondition(A.floats >= images * units && losses.floats >= correct.count * images)
    firstLayer(starts, columns, values, W1, units, &x, &A)
    for group in 0..<images / 16 {
      for unit in stride(from: 0, to: units, by: 16) {
        transpose(A.span, at: group * 16 * units + unit, stride: units, into: &T, at: unit * 16)
      }
      let known = labels.lanes(at: group * 16)
      for place in 0..<correct.count {
        let direction = (1 + place / lengths.count) * hidden
        moveHidden(
          T.span, direction, lengths[place % lengths.count], b1, place * hidden, hidden,
          activation, &hT)
        outputs(
          hT.span, at: 0, hidden: hidden, W2, weights: place * classes * hidden, row: hidden, b2,
          biases: place * classes, classes: classes, into: &z, at: 0)
        let result = softmax(&z, at: 0, classes: classes, labels: known)
        losses.store(result.losses, at: place * images + group * 16)
        let right = Lanes(repeating: 0).replacing(with: 1, where: result.prediction .== known)
        correct[place] += Int32(right.total)
      }
    }
  }

  /// hT[j] = φ(b1[j] + (1/255)·(T[j] + σ·T[direction + j])) for sixteen images.
  @inline(__always)
  private static func moveHidden(
    _ T: Floats, _ direction: Int, _ length: Float, _ b1: Floats, _ biases: Int, _ hidden: Int,
    _ activation: Int, _ hT: inout MutableFloats
  ) {
    for j in 0..<hidden {
      let sum = T.lanes(at: j * 16).plus(length, times: T.lanes(at: (direction + j) * 16))
      let biased = Lanes(repeating: b1.float(at: biases + j)).plus(1 / 255, times: sum)
      hT.store(activate(biased, activation), at: j * 16)
    }
  }
}
