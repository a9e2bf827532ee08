extension Loops {
  /// Hidden sums of a batch: A[n] = b1 + Σ_i x_i·W1[i] with x = pixel[batch n]/255; with `squared`
  /// x_i² takes the place of x_i.
  ///
  /// W1 in panels, b1 [row], A [batch][row]. Each sum runs over the image's pixels that are not 0,
  /// in their order; two images go side by side. On the way the places of the `next` batch's lists
  /// are asked for.
  @inline(never)
  package static func sparseForward(
    starts: Span<Int32>, words: Span<UInt32>, batch: Span<Int32>, next: Span<Int32>,
    W1: Floats, b1: Floats, units: Int, row: Int, squared: Bool, into A: inout MutableFloats
  ) {
    let inputs = W1.floats / units
    precondition(units > 0 && units % 8 == 0 && row >= units && b1.floats >= row)
    precondition(A.floats >= batch.count * row)
    prefetchStarts(starts, next)
    if squared {
      panels(Square.self, starts, words, batch, W1, b1, inputs, units, row, &A)
    } else {
      panels(Brightness.self, starts, words, batch, W1, b1, inputs, units, row, &A)
    }
  }

  /// The units of ``sparseForward``, panel after panel.
  @inline(__always)
  private static func panels<Value: PixelValue>(
    _: Value.Type, _ starts: Span<Int32>, _ words: Span<UInt32>, _ batch: Span<Int32>,
    _ W1: Floats, _ b1: Floats, _ inputs: Int, _ units: Int, _ row: Int,
    _ A: inout MutableFloats
  ) {
    var at = 0
    while at < units {
      let width = panelWidth(units - at)
      let panel = inputs * at
      switch width {
      case 32:
        forward(Value.self, Strip32.self, at, starts, words, batch, W1, panel, b1, row, &A)
      case 24:
        forward(Value.self, Strip24.self, at, starts, words, batch, W1, panel, b1, row, &A)
      case 16:
        forward(Value.self, Strip16.self, at, starts, words, batch, W1, panel, b1, row, &A)
      default:
        forward(Value.self, Strip8.self, at, starts, words, batch, W1, panel, b1, row, &A)
      }
      at += width
    }
  }

  /// The units `at ..< at + S.width` of ``sparseForward``.
  private static func forward<Value: PixelValue, S: Strip>(
    _: Value.Type, _: S.Type, _ at: Int, _ starts: Span<Int32>, _ words: Span<UInt32>,
    _ batch: Span<Int32>, _ W1: Floats, _ panel: Int, _ b1: Floats, _ row: Int,
    _ A: inout MutableFloats
  ) {
    let bias = S(b1, at: at)
    var n = 0
    while n < batch.count {
      let second = min(n + 1, batch.count - 1)
      let one = list(starts, batch[n])
      let two = list(starts, batch[second])
      var sums = (S(), S())
      addRows(Value.self, &sums, words.extracting(one), words.extracting(two), W1, panel)
      bias.plus(Value.unit, times: sums.0).store(to: &A, at: n * row + at)
      bias.plus(Value.unit, times: sums.1).store(to: &A, at: second * row + at)
      n += 2
    }
  }

  /// Adds pixel·row for the lists of two images; side by side their chains hide each other's latency.
  @inline(__always)
  private static func addRows<Value: PixelValue, S: Strip>(
    _: Value.Type, _ sums: inout (S, S), _ one: Span<UInt32>, _ two: Span<UInt32>, _ W1: Floats,
    _ panel: Int
  ) {
    let shared = min(one.count, two.count)
    for p in 0..<shared {
      sums.0 = unsafe addRow(Value.self, sums.0, one[unchecked: p], W1, panel)
      sums.1 = unsafe addRow(Value.self, sums.1, two[unchecked: p], W1, panel)
    }
    for p in shared..<one.count {
      sums.0 = unsafe addRow(Value.self, sums.0, one[unchecked: p], W1, panel)
    }
    for p in shared..<two.count {
      sums.1 = unsafe addRow(Value.self, sums.1, two[unchecked: p], W1, panel)
    }
  }

  @unsafe @inline(__always)
  private static func addRow<Value: PixelValue, S: Strip>(
    _: Value.Type, _ sum: S, _ word: UInt32, _ W1: Floats, _ panel: Int
  ) -> S {
    let row = unsafe S(unchecked: W1, at: place(word) &* S.width &+ panel)
    return sum.plus(Value.of(brightness(word)), times: row)
  }

  /// What of a pixel is multiplied with its weights, exact, and its unit.
  private protocol PixelValue {
    static func of(_ brightness: Float) -> Float
    static var unit: Float { get }
  }

  private enum Brightness: PixelValue {
    @inline(__always) static func of(_ brightness: Float) -> Float { brightness }
    @inline(__always) static var unit: Float { 1 / 255 }
  }

  private enum Square: PixelValue {
    @inline(__always) static func of(_ brightness: Float) -> Float { brightness * brightness }
    @inline(__always) static var unit: Float { 1 / 65_025 }
  }
}
