extension Loops {
  /// From output errors to the second layer's gradient and the hidden deltas.
  ///
  /// E as ``batchOutput`` left it, H [batch][row], W2 [classes][row]. GW2 [classes][row] and
  /// Gb2 [16] are batch means; D [batch][row] = φ′(H)·Σ_c E[c]·W2[c], of single images. H and D have
  /// room for whole fours of images.
  @inline(never)
  package static func backward(
    count: Int, E: Floats, H: Floats, W2: Floats, row: Int, classes: Int, activation: Int,
    GW2: inout MutableFloats, Gb2: inout MutableFloats, D: inout MutableFloats
  ) {
    let room = (count + 3) / 4 * 4 * row
    precondition(row % 16 == 0 && H.floats >= room && D.floats >= room)
    precondition(W2.floats >= classes * row && GW2.floats >= classes * row)
    precondition(E.floats >= (count + 15) / 16 * classes * 16 && classes > 0)
    let share = 1 / Float(count)
    for unit in stride(from: 0, to: row, by: 16) {
      var first = 0
      while first < classes {
        outputGradient(count, E, H, unit, row, classes, first, share, &GW2)
        first += 5
      }
      for n in stride(from: 0, to: count, by: 4) {
        hiddenDeltas(n, E, H, W2, unit, row, classes, activation, &D)
      }
    }
    outputBiasGradient((count + 15) / 16, E, classes, share, &Gb2)
  }

  /// D of images `first ..< first + 4`, sixteen units wide; classes in their order.
  @inline(__always)
  private static func hiddenDeltas(
    _ first: Int, _ E: Floats, _ H: Floats, _ W2: Floats, _ unit: Int, _ row: Int,
    _ classes: Int, _ activation: Int, _ D: inout MutableFloats
  ) {
    let errors = first / 16 * classes * 16 + first % 16
    var sums = (Lanes(), Lanes(), Lanes(), Lanes())
    for c in 0..<classes {
      let w = unsafe W2.lanes(uncheckedAt: c &* row &+ unit)
      let e = errors &+ c &* 16
      sums.0 = sums.0.plus(unsafe E.float(uncheckedAt: e), times: w)
      sums.1 = sums.1.plus(unsafe E.float(uncheckedAt: e &+ 1), times: w)
      sums.2 = sums.2.plus(unsafe E.float(uncheckedAt: e &+ 2), times: w)
      sums.3 = sums.3.plus(unsafe E.float(uncheckedAt: e &+ 3), times: w)
    }
    let at = first * row + unit
    D.store(sums.0 * slope(H.lanes(at: at), activation), at: at)
    D.store(sums.1 * slope(H.lanes(at: at + row), activation), at: at + row)
    D.store(sums.2 * slope(H.lanes(at: at + 2 * row), activation), at: at + 2 * row)
    D.store(sums.3 * slope(H.lanes(at: at + 3 * row), activation), at: at + 3 * row)
  }

  /// Rows `first ..< first + 5` of the gradient of W2, sixteen units wide; images in their order.
  @inline(__always)
  private static func outputGradient(
    _ count: Int, _ E: Floats, _ H: Floats, _ unit: Int, _ row: Int, _ classes: Int,
    _ first: Int, _ share: Float, _ GW2: inout MutableFloats
  ) {
    let last = classes - 1
    let c = (
      first, min(first + 1, last), min(first + 2, last), min(first + 3, last),
      min(first + 4, last)
    )
    var sums = (Lanes(), Lanes(), Lanes(), Lanes(), Lanes())
    for n in 0..<count {
      let errors = n / 16 * classes * 16 + n % 16
      let h = unsafe H.lanes(uncheckedAt: n &* row &+ unit)
      sums.0 = sums.0.plus(unsafe E.float(uncheckedAt: errors &+ c.0 &* 16), times: h)
      sums.1 = sums.1.plus(unsafe E.float(uncheckedAt: errors &+ c.1 &* 16), times: h)
      sums.2 = sums.2.plus(unsafe E.float(uncheckedAt: errors &+ c.2 &* 16), times: h)
      sums.3 = sums.3.plus(unsafe E.float(uncheckedAt: errors &+ c.3 &* 16), times: h)
      sums.4 = sums.4.plus(unsafe E.float(uncheckedAt: errors &+ c.4 &* 16), times: h)
    }
    GW2.store(sums.0 * share, at: c.0 * row + unit)
    GW2.store(sums.1 * share, at: c.1 * row + unit)
    GW2.store(sums.2 * share, at: c.2 * row + unit)
    GW2.store(sums.3 * share, at: c.3 * row + unit)
    GW2.store(sums.4 * share, at: c.4 * row + unit)
  }

  /// Gb2[c]: the lanes of all groups added in their order, then the tree of sixteen.
  @inline(__always)
  static func outputBiasGradient(
    _ groups: Int, _ E: Floats, _ classes: Int, _ share: Float, _ Gb2: inout MutableFloats
  ) {
    var gradient = Lanes(repeating: 0)
    for c in 0..<classes {
      var sum = Lanes(repeating: 0)
      for group in 0..<groups { sum += E.lanes(at: (group * classes + c) * 16) }
      gradient[c] = sum.total * share
    }
    Gb2.store(gradient, at: 0)
  }

  /// The gradient of b1 and what the first layer's gradient multiplies its pixels with.
  ///
  /// D [count][row]: Gb1 [row] becomes its mean, D itself D/(255·count), since a pixel is a byte.
  @inline(never)
  package static func finishDeltas(
    count: Int, row: Int, D: inout MutableFloats, Gb1: inout MutableFloats
  ) {
    precondition(row % 16 == 0 && D.floats >= count * row)
    let share = 1 / Float(count)
    let pixelShare = 1 / (255 * Float(count))
    for unit in stride(from: 0, to: row, by: 16) {
      var sum = Lanes(repeating: 0)
      for n in 0..<count {
        let delta = D.lanes(at: n * row + unit)
        sum += delta
        D.store(delta * pixelShare, at: n * row + unit)
      }
      Gb1.store(sum * share, at: unit)
    }
  }
}
