import CCPU

extension Loops {
  /// The first layer's gradient for the images that are gathered: G[i] = Σ_n pixel[n][i]·D[n].
  ///
  /// `ends`, `images` and x as ``gather`` left them; G in panels like W1, D [images][row] from image
  /// `first` on; images are added in their order. With `adding` the sums begin with what G holds.
  /// The sums of a group stay in registers.
  @inline(never)
  package static func sparseOuter(
    ends: Span<Int32>, images: Span<UInt8>, x: Floats, first: Int, count: Int, D: Floats,
    units: Int, row: Int, adding: Bool, into G: inout MutableFloats
  ) {
    precondition(units > 0 && units % 8 == 0 && row >= units)
    precondition(first >= 0 && D.floats >= (first + count) * row)
    precondition(isWhole(ends, images, x))
    precondition(G.floats >= ends.count * BlockSizes.pixelsPerGroup * units)
    var at = 0
    while at < units {
      let width = panelWidth(units - at)
      let panel = ends.count * BlockSizes.pixelsPerGroup * at
      let from = first * row + at
      switch width {
      case 48: outer(Strip48.self, ends, images, x, D, from, row, adding, panel, &G)
      case 32: outer(Strip32.self, ends, images, x, D, from, row, adding, panel, &G)
      case 24: outer(Strip24.self, ends, images, x, D, from, row, adding, panel, &G)
      case 16: outer(Strip16.self, ends, images, x, D, from, row, adding, panel, &G)
      default: outer(Strip8.self, ends, images, x, D, from, row, adding, panel, &G)
      }
      at += width
    }
  }

  /// One panel of ``sparseOuter``, group by group.
  private static func outer<S: Strip>(
    _: S.Type, _ ends: Span<Int32>, _ images: Span<UInt8>, _ x: Floats, _ D: Floats, _ from: Int,
    _ row: Int, _ adding: Bool, _ panel: Int, _ G: inout MutableFloats
  ) {
    var k = 0
    for g in 0..<ends.count {
      let end = Int(ends[g])
      let at = panel &+ g &* BlockSizes.pixelsPerGroup &* S.width
      var sums = (S(), S(), S(), S())
      if adding {
        sums.0 = unsafe S(unchecked: G, at: at)
        sums.1 = unsafe S(unchecked: G, at: at &+ S.width)
        sums.2 = unsafe S(unchecked: G, at: at &+ 2 &* S.width)
        sums.3 = unsafe S(unchecked: G, at: at &+ 3 &* S.width)
      }
      while k < end {
        let delta = unsafe S(unchecked: D, at: from &+ Int(images[unchecked: k]) &* row)
        let pixels = k &* BlockSizes.pixelsPerGroup
        sums.0 = sums.0.plus(unsafe x.float(uncheckedAt: pixels), times: delta)
        ccpu_in_order()
        sums.1 = sums.1.plus(unsafe x.float(uncheckedAt: pixels &+ 1), times: delta)
        ccpu_in_order()
        sums.2 = sums.2.plus(unsafe x.float(uncheckedAt: pixels &+ 2), times: delta)
        ccpu_in_order()
        sums.3 = sums.3.plus(unsafe x.float(uncheckedAt: pixels &+ 3), times: delta)
        k &+= 1
      }
      unsafe sums.0.store(uncheckedTo: &G, at: at)
      unsafe sums.1.store(uncheckedTo: &G, at: at &+ S.width)
      unsafe sums.2.store(uncheckedTo: &G, at: at &+ 2 &* S.width)
      unsafe sums.3.store(uncheckedTo: &G, at: at &+ 3 &* S.width)
    }
  }
}
