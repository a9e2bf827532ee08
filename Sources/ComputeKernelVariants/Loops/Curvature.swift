extension Loops {
  /// The derivative R of the output errors along a direction V of the parameters.
  ///
  /// H [batch][row] as ``batchOutput`` left it, E as ``settleErrors`` did. RA [batch][row], the
  /// derivative of the hidden sums, becomes RH = φ′∘RA. W2 and V2 [classes][row], c2 [16] is V's
  /// part for b2. With Rz = V2ᵀh + c2 + W2ᵀRh the result is RE = p∘(Rz − p·Rz) [groups of 16
  /// images][classes][16]; Rz is counted from that of the most probable class, so that nothing
  /// cancels where a network is sure. Scratch: T [2·row][16], z [classes][16].
  @inline(never)
  package static func curvatureOutput(
    labels: Span<UInt8>, batch: Span<Int32>, H: Floats, E: Floats, W2: Floats, V2: Floats,
    c2: Floats, hidden: Int, row: Int, classes: Int, activation: Int, RA: inout MutableFloats,
    RE: inout MutableFloats, T: inout MutableFloats, z: inout MutableFloats
  ) {
    let groups = (batch.count + 15) / 16
    precondition(row % 16 == 0 && H.floats >= groups * 16 * row && RA.floats >= groups * 16 * row)
    precondition(E.floats >= groups * 16 * classes && RE.floats >= groups * 16 * classes)
    precondition(T.floats >= 2 * row * 16 && z.floats >= classes * 16)
    for k in stride(from: 0, to: batch.count * row, by: 16) {
      RA.store(RA.lanes(at: k) * slope(H.lanes(at: k), activation), at: k)
    }
    for group in 0..<groups {
      for unit in stride(from: 0, to: row, by: 16) {
        let from = group * 16 * row + unit
        transpose(H, at: from, stride: row, into: &T, at: unit * 16)
        transpose(RA.span, at: from, stride: row, into: &T, at: (row + unit) * 16)
      }
      let at = group * classes * 16
      outputs(
        T.span, at: 0, hidden: hidden, V2, weights: 0, row: row, c2, biases: 0, classes: classes,
        into: &RE, at: at)
      addProducts(T.span, at: row * 16, hidden: hidden, W2, row: row, classes, into: &RE, at: at)
      let known = labelLanes(labels, batch, group * 16)
      errorCurvature(E, at, classes, known, &RE, &z)
    }
  }

  /// z[c] += Σ_j h[j]·W2[c][j] for sixteen images.
  @inline(__always)
  private static func addProducts(
    _ hT: Floats, at: Int, hidden: Int, _ W2: Floats, row: Int, _ classes: Int,
    into z: inout MutableFloats, at target: Int
  ) {
    for c in 0..<classes {
      var sum = z.lanes(at: target + c * 16)
      for j in 0..<hidden {
        sum = sum.plus(W2.float(at: c * row + j), times: hT.lanes(at: at + j * 16))
      }
      z.store(sum, at: target + c * 16)
    }
  }

  /// RE [classes][16] from Rz to p∘(Rz − p·Rz).
  @inline(__always)
  private static func errorCurvature(
    _ E: Floats, _ at: Int, _ classes: Int, _ known: Lanes, _ RE: inout MutableFloats,
    _ z: inout MutableFloats
  ) {
    var top = Lanes(repeating: -1)
    var origin = Lanes(repeating: 0)
    for c in 0..<classes {
      let p = probability(E.lanes(at: at + c * 16), c, known)
      z.store(p, at: c * 16)
      origin = origin.replacing(with: RE.lanes(at: at + c * 16), where: p .> top)
      top = top.replacing(with: p, where: p .> top)
    }
    var mean = Lanes(repeating: 0)
    for c in 0..<classes {
      mean = mean.plus(z.lanes(at: c * 16), times: RE.lanes(at: at + c * 16) - origin)
    }
    for c in 0..<classes {
      let change = z.lanes(at: c * 16) * (RE.lanes(at: at + c * 16) - origin - mean)
      RE.store(change.replacing(with: 0, where: known .< 0), at: at + c * 16)
    }
  }

  /// The derivative of what ``backward`` computes, along the direction of ``curvatureOutput``.
  ///
  /// RGW2 [classes][row] = mean of e⊗Rh + Re⊗h and RGb2 [16] = mean of Re are batch means; D
  /// [batch][row] = φ″Ra·(W2 e) + φ′(V2 e + W2 Re), of single images.
  @inline(never)
  package static func curvatureBackward(
    count: Int, E: Floats, RE: Floats, H: Floats, RH: Floats, W2: Floats, V2: Floats, row: Int,
    classes: Int, activation: Int, RGW2: inout MutableFloats, RGb2: inout MutableFloats,
    D: inout MutableFloats
  ) {
    precondition(row % 16 == 0 && H.floats >= count * row && RH.floats >= count * row)
    precondition(D.floats >= count * row && RGW2.floats >= classes * row)
    let share = 1 / Float(count)
    for unit in stride(from: 0, to: row, by: 16) {
      for c in stride(from: 0, to: classes, by: 2) {
        outputCurvature(count, E, RE, H, RH, unit, row, classes, c, share, &RGW2)
      }
      for n in 0..<count {
        let errors = n / 16 * classes * 16 + n % 16
        var back = Lanes(repeating: 0)
        var change = Lanes(repeating: 0)
        for c in 0..<classes {
          let error = E.float(at: errors + c * 16)
          let weights = W2.lanes(at: c * row + unit)
          back = back.plus(error, times: weights)
          change = change.plus(error, times: V2.lanes(at: c * row + unit))
            .plus(RE.float(at: errors + c * 16), times: weights)
        }
        let h = H.lanes(at: n * row + unit)
        let bent = bend(h, activation) * RH.lanes(at: n * row + unit) * back
        D.store(bent.plus(slope(h, activation), times: change), at: n * row + unit)
      }
    }
    outputBiasGradient((count + 15) / 16, RE, classes, share, &RGb2)
  }

  /// Rows `first` and `first + 1` of RGW2, sixteen units wide; images in their order.
  @inline(__always)
  private static func outputCurvature(
    _ count: Int, _ E: Floats, _ RE: Floats, _ H: Floats, _ RH: Floats, _ unit: Int, _ row: Int,
    _ classes: Int, _ first: Int, _ share: Float, _ RGW2: inout MutableFloats
  ) {
    let second = min(first + 1, classes - 1)
    var sums = (Lanes(), Lanes(), Lanes(), Lanes())
    for n in 0..<count {
      let errors = n / 16 * classes * 16 + n % 16
      let h = H.lanes(at: n * row + unit)
      let change = RH.lanes(at: n * row + unit)
      sums.0 = sums.0.plus(E.float(at: errors + first * 16), times: change)
      sums.1 = sums.1.plus(E.float(at: errors + second * 16), times: change)
      sums.2 = sums.2.plus(RE.float(at: errors + first * 16), times: h)
      sums.3 = sums.3.plus(RE.float(at: errors + second * 16), times: h)
    }
    RGW2.store((sums.0 + sums.2) * share, at: first * row + unit)
    RGW2.store((sums.1 + sums.3) * share, at: second * row + unit)
  }

  /// φ″ at a over φ′, from h = φ(a).
  @inline(__always)
  private static func bend(_ h: Lanes, _ code: Int) -> Lanes {
    switch code {
    case ActivationCode.relu: Lanes(repeating: 0)
    case ActivationCode.tanh: -2 * h
    default: 1 - 2 * h
    }
  }
}
