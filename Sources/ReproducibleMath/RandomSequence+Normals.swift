extension RandomSequence {
  /// Standard normal numbers at indices 0 ..< count, by the method of Box and Muller.
  ///
  /// Lanes (0, 1) and (2, 3) of each block make a pair (u, v) each, cosine first:
  /// √(−2 log u)·cos 2πv and √(−2 log u)·sin 2πv. Three passes over the numbers: the processor
  /// overlaps short loop bodies better than one long one.
  package func normals(count: Int) -> [Double] {
    let whole = (count + 1) / 2 * 2
    var values = uniforms(count: whole)
    for k in stride(from: 0, to: whole, by: 2) { values[k] = Self.radius(values[k]) }
    for k in stride(from: 0, to: whole, by: 2) {
      (values[k], values[k + 1]) = Self.point(values[k], values[k + 1])
    }
    values.removeLast(whole - count)
    return values
  }

  /// The standard normal number at index `k`.
  package func normal(at k: Int) -> Double {
    let pair = Self.point(Self.radius(uniform(at: k & ~1)), uniform(at: k | 1))
    return k & 1 == 0 ? pair.0 : pair.1
  }

  @inline(__always)
  private static func radius(_ u: Double) -> Double {
    (-2 * Elementary.log(u)).squareRoot()
  }

  @inline(__always)
  private static func point(_ radius: Double, _ v: Double) -> (Double, Double) {
    let (sine, cosine) = Elementary.sinCos(2 * Double.pi * v)
    return (radius * cosine, radius * sine)
  }
}
