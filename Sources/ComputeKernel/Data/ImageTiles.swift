/// Images in tiles of four, each with the pixels that are not 0 in all of its four.
///
/// Forty tiles are a round, and the last round is filled up with slots that hold no image.
struct ImageTiles: Sendable {
  static let imagesPerTile = 4
  static let tilesPerRound = 40
  static let imagesPerRound = tilesPerRound * imagesPerTile

  let rounds: Int
  /// The image in each slot, [rounds · 160]; −1 where there is none.
  let images: [Int32]
  /// The class of the image in each slot; −1 where there is none.
  let labels: FloatStorage
  /// Tile t has columns `starts[t]..<starts[t + 1]`.
  private(set) var starts: [Int32] = [0]
  /// Ascending within a tile.
  private(set) var columns: [UInt16] = []
  /// [column][4] bytes.
  private(set) var values: [UInt8] = []

  /// The most columns of all tiles of a round together.
  var mostColumnsInRound: Int {
    (0..<rounds).map { round in
      Int(starts[(round + 1) * Self.tilesPerRound] - starts[round * Self.tilesPerRound])
    }.max() ?? 0
  }

  init(_ source: LabelledImages) {
    let order = ImageOrder.alike(source)
    rounds = (order.count + Self.imagesPerRound - 1) / Self.imagesPerRound
    let slots = rounds * Self.imagesPerRound
    images = order + Array(repeating: -1, count: slots - order.count)
    labels = FloatStorage(images.map { $0 < 0 ? -1 : Float(source.labels[Int($0)]) })
    columns.reserveCapacity(slots * source.pixelsPerImage / 16)
    values.reserveCapacity(slots * source.pixelsPerImage / 16 * Self.imagesPerTile)
    let size = source.pixelsPerImage
    var rows = [UInt8](repeating: 0, count: Self.imagesPerTile * size)
    for first in stride(from: 0, to: slots, by: Self.imagesPerTile) {
      for (r, image) in images[first..<first + Self.imagesPerTile].enumerated() {
        let start = Int(image) * size
        rows.replaceSubrange(
          r * size..<(r + 1) * size,
          with: image < 0
            ? Array(repeating: 0, count: size)[...] : source.pixels[start..<start + size])
      }
      appendTile(rows.span, size)
    }
  }

  /// Adds a tile of the pictures in `rows` [4][size].
  private mutating func appendTile(_ rows: Span<UInt8>, _ size: Int) {
    let a = rows.extracting(0..<size)
    let b = rows.extracting(size..<2 * size)
    let c = rows.extracting(2 * size..<3 * size)
    let d = rows.extracting(3 * size..<4 * size)
    for i in 0..<size where a[i] | b[i] | c[i] | d[i] != 0 {
      columns.append(UInt16(truncatingIfNeeded: i))
      values.append(a[i])
      values.append(b[i])
      values.append(c[i])
      values.append(d[i])
    }
    starts.append(Int32(columns.count))
  }
}
