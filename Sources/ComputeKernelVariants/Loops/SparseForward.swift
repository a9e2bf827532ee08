import CCPU

extension Loops {
  /// Hidden sums of the images that are gathered: A[n] = b1 + Σ_i x_i·W1[i] with x = pixel/255; with
  /// `squared` x_i² takes the place of x_i.
  ///
  /// `ends`, `images` and x as ``gather`` left them, `count` images; W1 in panels, b1 [row],
  /// A [images][row] from image `first` on. Each sum runs over the image's groups in their order,
  /// and over the four pixels of each. The weights of a group stay in registers.
  @inline(never)
  package static func sparseForward(
    ends: Span<Int32>, images: Span<UInt8>, x: Floats, first: Int, count: Int, W1: Floats,
    b1: Floats, units: Int, row: Int, squared: Bool, into A: inout MutableFloats
  ) {
    precondition(units > 0 && units % 8 == 0 && row >= units && row % 16 == 0)
    precondition(b1.floats >= row && first >= 0 && A.floats >= (first + count) * row)
    precondition(isWhole(ends, images, x))
    precondition(W1.floats >= ends.count * BlockSizes.pixelsPerGroup * units)
    for k in first * row / 16..<(first + count) * row / 16 { A[k] = Lanes() }
    if squared {
      panels(Square.self, ends, images, x, first, W1, units, row, &A)
      addBias(Square.unit, first, count, b1, row, &A)
    } else {
      panels(Brightness.self, ends, images, x, first, W1, units, row, &A)
      addBias(Brightness.unit, first, count, b1, row, &A)
    }
  }

  /// Whether there is all that `ends` tells of; that `images` are less than their count is
  /// ``gather``'s promise.
  @inline(__always)
  static func isWhole(_ ends: Span<Int32>, _ images: Span<UInt8>, _ x: Floats) -> Bool {
    let count = ends.isEmpty ? 0 : Int(ends[ends.count - 1])
    return count <= images.count && count * BlockSizes.pixelsPerGroup <= x.floats
  }

  /// The units of ``sparseForward``, panel after panel.
  @inline(__always)
  private static func panels<Value: PixelValue>(
    _: Value.Type, _ ends: Span<Int32>, _ images: Span<UInt8>, _ x: Floats, _ first: Int,
    _ W1: Floats, _ units: Int, _ row: Int, _ A: inout MutableFloats
  ) {
    var at = 0
    while at < units {
      let width = panelWidth(units - at)
      let panel = ends.count * BlockSizes.pixelsPerGroup * at
      let target = first * row + at
      switch width {
      case 48: forward(Value.self, Strip48.self, ends, images, x, W1, panel, row, &A, target)
      case 32: forward(Value.self, Strip32.self, ends, images, x, W1, panel, row, &A, target)
      case 24: forward(Value.self, Strip24.self, ends, images, x, W1, panel, row, &A, target)
      case 16: forward(Value.self, Strip16.self, ends, images, x, W1, panel, row, &A, target)
      default: forward(Value.self, Strip8.self, ends, images, x, W1, panel, row, &A, target)
      }
      at += width
    }
  }

  /// Adds pixel·weight for one panel, group by group.
  private static func forward<Value: PixelValue, S: Strip>(
    _: Value.Type, _: S.Type, _ ends: Span<Int32>, _ images: Span<UInt8>, _ x: Floats,
    _ W1: Floats, _ panel: Int, _ row: Int, _ A: inout MutableFloats, _ target: Int
  ) {
    var k = 0
    for g in 0..<ends.count {
      let end = Int(ends[g])
      guard k < end else { continue }
      let at = panel &+ g &* BlockSizes.pixelsPerGroup &* S.width
      let w = unsafe (
        S(unchecked: W1, at: at), S(unchecked: W1, at: at &+ S.width),
        S(unchecked: W1, at: at &+ 2 &* S.width), S(unchecked: W1, at: at &+ 3 &* S.width)
      )
      while k < end {
        let n = unsafe target &+ Int(images[unchecked: k]) &* row
        let pixels = k &* BlockSizes.pixelsPerGroup
        var sum = unsafe S(unchecked: A, at: n)
        sum = sum.plus(Value.of(unsafe x.float(uncheckedAt: pixels)), times: w.0)
        ccpu_in_order()
        sum = sum.plus(Value.of(unsafe x.float(uncheckedAt: pixels &+ 1)), times: w.1)
        ccpu_in_order()
        sum = sum.plus(Value.of(unsafe x.float(uncheckedAt: pixels &+ 2)), times: w.2)
        ccpu_in_order()
        sum = sum.plus(Value.of(unsafe x.float(uncheckedAt: pixels &+ 3)), times: w.3)
        unsafe sum.store(uncheckedTo: &A, at: n)
        k &+= 1
      }
    }
  }

  /// A = b1 + unit·A.
  @inline(__always)
  private static func addBias(
    _ unit: Float, _ first: Int, _ count: Int, _ b1: Floats, _ row: Int, _ A: inout MutableFloats
  ) {
    let width = row / 16
    for n in first..<first + count {
      for k in 0..<width { A[n * width + k] = b1[k].plus(unit, times: A[n * width + k]) }
    }
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
