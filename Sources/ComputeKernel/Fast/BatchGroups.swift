/// The pixels of some images of a batch, group by group: which images have the group, and what.
struct BatchGroups {
  /// Images that are gathered at a time: what is gathered of them stays in the second-level cache.
  static let imagesAtOnce = 128

  let source: PixelGroups
  /// The images whose groups are gathered now.
  private var gathered: [Int32]
  private var gatheredCount = 0
  /// What group g has is `ends[g - 1]..<ends[g]` of the others, from 0 for the first.
  private(set) var ends: [Int32]
  /// Which of the gathered images it is.
  private(set) var images: [UInt8]
  /// The brightness of its four pixels, [4].
  private(set) var x: FloatStorage
  private var bits: [UInt64]
  private var cursors: [Int32]

  /// Room for at most `batch` images at a time.
  init(_ source: PixelGroups, batch: Int) {
    self.source = source
    let most = min(batch, Self.imagesAtOnce)
    let groups = source.groupsPerImage
    gathered = Array(repeating: 0, count: most)
    ends = Array(repeating: 0, count: groups)
    images = Array(repeating: 0, count: most * groups + 8)
    x = FloatStorage(unwritten: most * groups * PixelGroups.pixelsPerGroup)
    bits = Array(repeating: 0, count: (most + 63) / 64 * ((groups + 63) / 64) * 64)
    cursors = Array(repeating: 0, count: most)
  }

  /// Gathers the images of a batch, as many at a time as there is room for, and gives each part to `body`
  /// with the numbers in the batch.
  ///
  /// What is gathered already is not gathered again.
  mutating func visit<Loops: KernelLoops>(
    _: Loops.Type, _ batch: Span<Int32>,
    _ body: (_ groups: borrowing BatchGroups, _ part: Range<Int>) -> Void
  ) {
    for first in stride(from: 0, to: batch.count, by: Self.imagesAtOnce) {
      let part = first..<min(first + Self.imagesAtOnce, batch.count)
      gather(Loops.self, batch.extracting(part))
      body(self, part)
    }
  }

  private mutating func gather<Loops: KernelLoops>(_: Loops.Type, _ batch: Span<Int32>) {
    guard !isGathered(batch) else { return }
    var copies = gathered.mutableSpan
    for n in 0..<batch.count { copies[n] = batch[n] }
    gatheredCount = batch.count
    Self.gather(Loops.self, source, batch, &bits, &cursors, &ends, &images, &x)
  }

  private static func gather<Loops: KernelLoops>(
    _: Loops.Type, _ source: PixelGroups, _ batch: Span<Int32>, _ bits: inout [UInt64],
    _ cursors: inout [Int32], _ ends: inout [Int32], _ images: inout [UInt8],
    _ x: inout FloatStorage
  ) {
    var bits = bits.mutableSpan
    var cursors = cursors.mutableSpan
    var ends = ends.mutableSpan
    var images = images.mutableSpan
    var x = x.mutableSpan
    Loops.gather(
      records: source.records.span, starts: source.starts.span, batch: batch, bits: &bits,
      cursors: &cursors, ends: &ends, images: &images, x: &x)
  }

  private func isGathered(_ batch: Span<Int32>) -> Bool {
    guard batch.count == gatheredCount else { return false }
    let gathered = gathered.span
    for n in 0..<batch.count where batch[n] != gathered[n] { return false }
    return true
  }
}
