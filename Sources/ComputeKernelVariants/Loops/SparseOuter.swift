extension Loops {
  /// Adds a batch's part of the first layer's gradient: G[i] += Σ_n pixel[batch n][i]·D[n].
  ///
  /// G in panels like W1, D [batch][row]; images are added in the order of the batch. On the way
  /// the lists of the `next` batch are asked for.
  @inline(never)
  package static func sparseOuter(
    starts: Span<Int32>, words: Span<UInt32>, batch: Span<Int32>, next: Span<Int32>, D: Floats,
    units: Int, row: Int, into G: inout MutableFloats
  ) {
    let inputs = G.floats / units
    precondition(units > 0 && units % 8 == 0 && row >= units)
    precondition(D.floats >= batch.count * row)
    var at = 0
    while at < units {
      let width = panelWidth(units - at)
      let panel = inputs * at
      let ahead = at + width == units ? next : next.extracting(first: 0)
      switch width {
      case 32:
        outer(
          Strip32.self, at, starts, words, batch, ahead, D, row, panel, &G)
      case 24:
        outer(
          Strip24.self, at, starts, words, batch, ahead, D, row, panel, &G)
      case 16:
        outer(
          Strip16.self, at, starts, words, batch, ahead, D, row, panel, &G)
      default:
        outer(Strip8.self, at, starts, words, batch, ahead, D, row, panel, &G)
      }
      at += width
    }
  }

  /// The units `at ..< at + S.width` of ``sparseOuter``.
  private static func outer<S: Strip>(
    _: S.Type, _ at: Int, _ starts: Span<Int32>, _ words: Span<UInt32>, _ batch: Span<Int32>,
    _ next: Span<Int32>, _ D: Floats, _ row: Int,
    _ panel: Int, _ G: inout MutableFloats
  ) {
    for n in 0..<batch.count {
      prefetchList(starts, words, next, n)
      let delta = S(D, at: n * row + at)
      let words = words.extracting(list(starts, batch[n]))
      for p in 0..<words.count {
        let word = unsafe words[unchecked: p]
        let row = place(word) &* S.width &+ panel
        let sum = unsafe S(unchecked: G, at: row)
        unsafe sum.plus(brightness(word), times: delta).store(uncheckedTo: &G, at: row)
      }
    }
  }
}
