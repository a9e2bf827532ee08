/// Sums over images in blocks of a fixed size that are added in their order.
///
/// The number of threads decides who computes a block, never what is added to what.
enum BlockSums {
  static let imagesPerBlock = 1024
  /// Blocks a thread computes before sums are added up: few, since each is as large as a network.
  private static let blocksAtOnce = 4

  /// The sum over the blocks of `range`, which are added to `zero` in their order.
  static func sum<Sum: Sendable>(
    _ range: Range<Int>, threads: Int, from zero: Sum, of block: @Sendable (Range<Int>) -> Sum,
    adding add: (inout Sum, Sum) -> Void
  ) -> Sum {
    let blocks = stride(from: range.lowerBound, to: range.upperBound, by: imagesPerBlock)
      .map { $0..<min($0 + imagesPerBlock, range.upperBound) }
    let wave = max(1, threads) * blocksAtOnce
    var total = zero
    for first in stride(from: 0, to: blocks.count, by: wave) {
      let wave = blocks[first..<min(first + wave, blocks.count)]
      let parts = ParallelParts.map(ParallelParts.ranges(wave.count, threads: threads)) { part in
        part.map { block(wave[first + $0]) }
      }
      for sum in parts.joined() { add(&total, sum) }
    }
    return total
  }
}
