extension Loops {
  /// z[c] = b2[c] + Σ_j h[j]·W2[c][j] for sixteen images, one a lane.
  ///
  /// hT [hidden][16] from float `at` on, W2 [classes][row] from `weights` on, b2 from `biases` on,
  /// z [classes][16] at `target`. Five classes at a time keep the chains of additions apart; the
  /// last block repeats the last class rather than branch.
  @inline(__always)
  static func outputs(
    _ hT: Floats, at: Int, hidden: Int, _ W2: Floats, weights: Int, row: Int, _ b2: Floats,
    biases: Int, classes: Int, into z: inout MutableFloats, at target: Int
  ) {
    precondition(at >= 0 && weights >= 0 && hT.floats >= at + hidden * 16)
    precondition(W2.floats >= weights + (classes - 1) * row + hidden && row >= 0)
    var first = 0
    while first < classes {
      let last = classes - 1
      let c = (
        first, min(first + 1, last), min(first + 2, last), min(first + 3, last),
        min(first + 4, last)
      )
      var sums = (
        Lanes(repeating: b2.float(at: biases + c.0)), Lanes(repeating: b2.float(at: biases + c.1)),
        Lanes(repeating: b2.float(at: biases + c.2)), Lanes(repeating: b2.float(at: biases + c.3)),
        Lanes(repeating: b2.float(at: biases + c.4))
      )
      for j in 0..<hidden {
        let h = unsafe hT.lanes(uncheckedAt: at &+ j &* 16)
        let w = weights &+ j
        sums.0 = sums.0.plus(unsafe W2.float(uncheckedAt: w &+ c.0 &* row), times: h)
        sums.1 = sums.1.plus(unsafe W2.float(uncheckedAt: w &+ c.1 &* row), times: h)
        sums.2 = sums.2.plus(unsafe W2.float(uncheckedAt: w &+ c.2 &* row), times: h)
        sums.3 = sums.3.plus(unsafe W2.float(uncheckedAt: w &+ c.3 &* row), times: h)
        sums.4 = sums.4.plus(unsafe W2.float(uncheckedAt: w &+ c.4 &* row), times: h)
      }
      z.store(sums.0, at: target + c.0 * 16)
      z.store(sums.1, at: target + c.1 * 16)
      z.store(sums.2, at: target + c.2 * 16)
      z.store(sums.3, at: target + c.3 * 16)
      z.store(sums.4, at: target + c.4 * 16)
      first += 5
    }
  }

  /// Turns the outputs of sixteen images into powers e^(z − max) and gives what else is known.
  ///
  /// z [classes][16] at `at`, in place. Classes are floats, since lanes of floats are compared at
  /// once; a label of −1 marks a lane without an image.
  @inline(__always)
  static func softmax(
    _ z: inout MutableFloats, at: Int, classes: Int, labels: Lanes
  ) -> Softmax {
    var top = z.lanes(at: at)
    var best = Lanes(repeating: 0)
    var own = Lanes(repeating: 0)
    for c in 0..<classes {
      let value = z.lanes(at: at + c * 16)
      own = own.replacing(with: value, where: labels .== Float(c))
      best = best.replacing(with: Float(c), where: value .> top)
      top = top.replacing(with: value, where: value .> top)
    }
    var sum = Lanes(repeating: 0)
    for c in 0..<classes {
      let power = exp(z.lanes(at: at + c * 16) - top)
      z.store(power, at: at + c * 16)
      sum += power
    }
    return Softmax(losses: log(sum) + (top - own), sum: sum, prediction: best)
  }

  /// What ``softmax(_:at:classes:labels:)`` knows about sixteen images.
  struct Softmax {
    var losses: Lanes
    var sum: Lanes
    /// The class with the largest output, the first on a tie.
    var prediction: Lanes
  }
}
