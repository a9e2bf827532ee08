extension Loops {
  /// Hidden sums of a batch: A[n] = b1 + (1/255)·Σ_i pixel[batch n][i]·W1[i].
  ///
  /// W1 in panels, b1 [row], A [batch][row]. Each sum runs over the image's pixels that are not 0,
  /// in their order; two images go side by side. On the way the places of the `next` batch's lists
  /// are asked for.
  @inline(never)
  package static func sparseForward(
    starts: Span<Int32>, words: Span<UInt32>, batch: Span<Int32>, next: Span<Int32>,
    W1: Floats, b1: Floats, units: Int, row: Int, into A: inout MutableFloats
  ) {
    let inputs = W1.floats / units
    precondition(units > 0 && units % 8 == 0 && row >= units && b1.floats >= row)
    precondition(A.floats >= batch.count * row)
    prefetchStarts(starts, next)
    var at = 0
    while at < units {
      let width = panelWidth(units - at)
      let panel = inputs * at
      switch width {
      case 32:
        forward(
          Strip32.self, at, starts, words, batch, W1, panel, b1, row, &A)
      case 24:
        forward(
          Strip24.self, at, starts, words, batch, W1, panel, b1, row, &A)
      case 16:
        forward(
          Strip16.self, at, starts, words, batch, W1, panel, b1, row, &A)
      default:
        forward(Strip8.self, at, starts, words, batch, W1, panel, b1, row, &A)
      }
      at += width
    }
  }

  /// The units `at ..< at + S.width` of ``sparseForward``.
  private static func forward<S: Strip>(
    _: S.Type, _ at: Int, _ starts: Span<Int32>, _ words: Span<UInt32>, _ batch: Span<Int32>,
    _ W1: Floats, _ panel: Int, _ b1: Floats,
    _ row: Int,
    _ A: inout MutableFloats
  ) {
    let bias = S(b1, at: at)
    var n = 0
    while n < batch.count {
      let second = min(n + 1, batch.count - 1)
      let one = list(starts, batch[n])
      let two = list(starts, batch[second])
      var sums = (S(), S())
      addRows(
        &sums, words.extracting(one), words.extracting(two), W1, panel)
      bias.plus(1 / 255, times: sums.0).store(to: &A, at: n * row + at)
      bias.plus(1 / 255, times: sums.1).store(to: &A, at: second * row + at)
      n += 2
    }
  }

  /// Adds pixel·row for the lists of two images; side by side their chains hide each other's latency.
  @inline(__always)
  private static func addRows<S: Strip>(
    _ sums: inout (S, S), _ one: Span<UInt32>, _ two: Span<UInt32>, _ W1: Floats, _ panel: Int
  ) {
    let shared = min(one.count, two.count)
    for p in 0..<shared {
      sums.0 = unsafe addRow(sums.0, one[unchecked: p], W1, panel)
      sums.1 = unsafe addRow(sums.1, two[unchecked: p], W1, panel)
    }
    for p in shared..<one.count { sums.0 = unsafe addRow(sums.0, one[unchecked: p], W1, panel) }
    for p in shared..<two.count { sums.1 = unsafe addRow(sums.1, two[unchecked: p], W1, panel) }
  }

  @unsafe @inline(__always)
  private static func addRow<S: Strip>(_ sum: S, _ word: UInt32, _ W1: Floats, _ panel: Int) -> S {
    let row = unsafe S(unchecked: W1, at: place(word) &* S.width &+ panel)
    return sum.plus(brightness(word), times: row)
  }
}
