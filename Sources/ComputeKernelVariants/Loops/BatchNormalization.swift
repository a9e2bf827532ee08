extension Loops {
  /// Normalises the hidden sums of a batch: A becomes y = γ·n̂ + β with n̂ = (a − mean)/√(v + ε).
  ///
  /// A and N [count][row]; N receives n̂. mean, variance (biased) and `inverse` = 1/√(v+ε) are
  /// [row]. Sums run in groups of sixteen images, the groups in their order.
  @inline(never)
  package static func normalize(
    count: Int, row: Int, gamma: Floats, beta: Floats, epsilon: Float,
    A: inout MutableFloats, N: inout MutableFloats, mean: inout MutableFloats,
    variance: inout MutableFloats, inverse: inout MutableFloats
  ) {
    precondition(A.floats >= count * row && N.floats >= count * row)
    let share = 1 / Float(count)
    for unit in stride(from: 0, to: row, by: 16) {
      let center = sumOverImages(count) { A.lanes(at: $0 * row + unit) } * share
      let spread =
        sumOverImages(count) {
          let distance = A.lanes(at: $0 * row + unit) - center
          return distance * distance
        } * share
      let scale = 1 / (spread + epsilon).root
      mean.store(center, at: unit)
      variance.store(spread, at: unit)
      inverse.store(scale, at: unit)
      for n in 0..<count {
        let normal = (A.lanes(at: n * row + unit) - center) * scale
        N.store(normal, at: n * row + unit)
        A.store(beta.lanes(at: unit).plus(gamma.lanes(at: unit), times: normal), at: n * row + unit)
      }
    }
  }

  /// Takes deltas of y back to deltas of a: γ/√(v+ε)·(d − mean d − n̂·mean(d·n̂)).
  ///
  /// D [count][row] in place; Gγ and Gβ [row] become batch means.
  @inline(never)
  package static func normalizeBackward(
    count: Int, row: Int, gamma: Floats, inverse: Floats, N: Floats, D: inout MutableFloats,
    Ggamma: inout MutableFloats, Gbeta: inout MutableFloats
  ) {
    precondition(D.floats >= count * row && N.floats >= count * row)
    let share = 1 / Float(count)
    for unit in stride(from: 0, to: row, by: 16) {
      let sum = sumOverImages(count) { D.lanes(at: $0 * row + unit) } * share
      let product =
        sumOverImages(count) { D.lanes(at: $0 * row + unit) * N.lanes(at: $0 * row + unit) } * share
      Gbeta.store(sum, at: unit)
      Ggamma.store(product, at: unit)
      let scale = gamma.lanes(at: unit) * inverse.lanes(at: unit)
      for n in 0..<count {
        let centered = (D.lanes(at: n * row + unit) - sum)
          .plus(-product, times: N.lanes(at: n * row + unit))
        D.store(centered * scale, at: n * row + unit)
      }
    }
  }

  /// running = momentum·running + (1 − momentum)·value.
  @inline(never)
  package static func track(
    _ value: Floats, momentum: Float, rest: Float, running: inout MutableFloats
  ) {
    precondition(value.floats == running.floats)
    for k in stride(from: 0, to: value.floats, by: 16) {
      running.store((value.lanes(at: k) * rest).plus(momentum, times: running.lanes(at: k)), at: k)
    }
  }

  /// Σ over images of a row's lanes, in groups of sixteen so that rounding does not grow with n.
  @inline(__always)
  private static func sumOverImages(_ count: Int, _ value: (Int) -> Lanes) -> Lanes {
    var total = Lanes(repeating: 0)
    for group in stride(from: 0, to: count, by: 16) {
      var sum = Lanes(repeating: 0)
      for n in group..<min(group + 16, count) { sum += value(n) }
      total += sum
    }
    return total
  }
}
