extension Loops {
  /// Losses of 160 images under several networks that lie side by side.
  ///
  /// The networks' hidden units follow each other without gaps: W1 in panels of
  /// ``tilePanelWidth(_:)``, b1 [units], W2 [networks][classes][hidden],
  /// b2 [networks][classes]. `starts` has the borders of the round's tiles in
  /// `columns`, `values` the bytes [pixels][4] of each; `labels` [160], −1 where there is no image.
  ///
  /// Results: losses [networks][160], and `correct` [networks] grows by the images that were right.
  /// Scratch: x for the widened bytes, A [160][units], hT [units][16], z [classes][16].
  @inline(never)
  package static func round(
    starts: Span<Int32>, columns: Span<UInt16>, values: Span<UInt8>, labels: Floats,
    W1: Floats, b1: Floats, W2: Floats, b2: Floats, networks: Int, hidden: Int, units: Int,
    classes: Int, activation: Int, losses: inout MutableFloats, correct: inout MutableSpan<Int32>,
    x: inout MutableFloats, A: inout MutableFloats, hT: inout MutableFloats,
    z: inout MutableFloats
  ) {
    let images = BlockSizes.tileImages * BlockSizes.tilesPerRound
    precondition(units % 16 == 0 && networks * hidden <= units && labels.floats == images)
    precondition(starts.count == BlockSizes.tilesPerRound + 1 && correct.count == networks)
    precondition(A.floats >= images * units)
    precondition(losses.floats >= networks * images)
    firstLayer(starts, columns, values, W1, units, &x, &A)
    for group in 0..<images / 16 {
      for unit in stride(from: 0, to: units, by: 16) {
        transpose(A.span, at: group * 16 * units + unit, stride: units, into: &hT, at: unit * 16)
      }
      for u in 0..<networks * hidden {
        let sum = Lanes(repeating: b1.float(at: u)).plus(1 / 255, times: hT.lanes(at: u * 16))
        hT.store(activate(sum, activation), at: u * 16)
      }
      let known = labels.lanes(at: group * 16)
      for network in 0..<networks {
        outputs(
          hT.span, at: network * hidden * 16, hidden: hidden, W2,
          weights: network * classes * hidden, row: hidden, b2, biases: network * classes,
          classes: classes, into: &z, at: 0)
        let result = softmax(&z, at: 0, classes: classes, labels: known)
        losses.store(result.losses, at: network * images + group * 16)
        let right = Lanes(repeating: 0).replacing(with: 1, where: result.prediction .== known)
        correct[network] += Int32(right.total)
      }
    }
  }

  /// A [160][units] = the hidden sums of the round's tiles, panel after panel.
  @inline(__always)
  static func firstLayer(
    _ starts: Span<Int32>, _ columns: Span<UInt16>, _ values: Span<UInt8>, _ W1: Floats,
    _ units: Int, _ x: inout MutableFloats, _ A: inout MutableFloats
  ) {
    let inputs = W1.floats / units
    let first = Int(starts[0])
    let end = Int(starts[BlockSizes.tilesPerRound])
    let images = BlockSizes.tileImages
    widen(values.extracting(first * images..<end * images), into: &x)
    var at = 0
    while at < units {
      let width = tilePanelWidth(units - at)
      for t in 0..<BlockSizes.tilesPerRound {
        let from = Int(starts[t])
        let pixels = columns.extracting(from..<Int(starts[t + 1]))
        let target = t * images * units + at
        let bytes = (from - first) * images
        let panel = inputs * at
        switch width {
        case 80:
          tile(
            Strip80.self, pixels, x.span, at: bytes, W1, panel: panel, units: units, into: &A,
            at: target)
        case 64:
          tile(
            Strip64.self, pixels, x.span, at: bytes, W1, panel: panel, units: units, into: &A,
            at: target)
        case 48:
          tile(
            Strip48.self, pixels, x.span, at: bytes, W1, panel: panel, units: units, into: &A,
            at: target)
        case 24:
          tile(
            Strip24.self, pixels, x.span, at: bytes, W1, panel: panel, units: units, into: &A,
            at: target)
        case 32:
          tile(
            Strip32.self, pixels, x.span, at: bytes, W1, panel: panel, units: units, into: &A,
            at: target)
        default:
          tile(
            Strip16.self, pixels, x.span, at: bytes, W1, panel: panel, units: units, into: &A,
            at: target)
        }
      }
      at += width
    }
  }
}
