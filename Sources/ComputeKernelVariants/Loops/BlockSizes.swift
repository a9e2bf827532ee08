/// The sizes that decide what stays in registers and caches; all of them in one place.
///
/// None of them shows in a result: each hidden unit of each image is one chain of fused additions
/// over the pixels in their order, however the work is cut.
enum BlockSizes {
  /// Pixels whose weights, or whose sums, training keeps in registers: neighbours, so that a group
  /// of them is either 0 or mostly not.
  static let pixelsPerGroup = 4

  /// Images in the tile of the evaluation.
  static let tileImages = 4

  /// Tiles whose hidden sums are computed before the output layer looks at them: 160 images.
  ///
  /// A panel of weights comes once a round from the third-level cache to the second, where the
  /// round's pixels, 130 kB, stay beside it.
  static let tilesPerRound = 40
}

extension Loops {
  /// The next panel of W1 in training when `rest` units are left, a multiple of 8.
  ///
  /// The widest that does not leave eight units behind, whose sums would wait for each other.
  package static func panelWidth(_ rest: Int) -> Int {
    [48, 32, 24, 16].first { $0 <= min(rest, widestPanel) && rest - $0 != 8 } ?? 8
  }

  /// The next panel of W1 in evaluation when `rest` of a multiple of 16 units are left.
  ///
  /// With `widestTile` 24, twice 16 units are better than 24 and then 8, which would leave half of
  /// the additions waiting for each other.
  package static func tilePanelWidth(_ rest: Int) -> Int {
    widestTile == 24 && rest == 32 ? 16 : min(rest, widestTile)
  }
}
