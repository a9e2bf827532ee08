extension RandomSequence {
  /// Standard normal numbers at indices 0 ..< count, by the method of Box and Muller.
  ///
  /// Lanes (0, 1) and (2, 3) of each block make a pair each, cosine first:
  /// √(−2 log u)·cos 2πv and √(−2 log u)·sin 2πv.
  package func normals(count: Int) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    let whole = count / 4
    for index in 0..<whole {
      let words = block(at: index)
      (values[4 * index], values[4 * index + 1]) = Self.normalPair(words.x, words.y)
      (values[4 * index + 2], values[4 * index + 3]) = Self.normalPair(words.z, words.w)
    }
    for k in 4 * whole..<count { values[k] = normal(at: k) }
    return values
  }

  /// The standard normal number at index `k`.
  package func normal(at k: Int) -> Double {
    let words = block(at: k / 4)
    let pair =
      k % 4 < 2 ? Self.normalPair(words.x, words.y) : Self.normalPair(words.z, words.w)
    return k % 2 == 0 ? pair.0 : pair.1
  }

  private static func normalPair(_ first: UInt32, _ second: UInt32) -> (Double, Double) {
    let radius = (-2 * Elementary.log(uniform(first))).squareRoot()
    let (sine, cosine) = Elementary.sinCos(2 * Double.pi * uniform(second))
    return (radius * cosine, radius * sine)
  }
}
