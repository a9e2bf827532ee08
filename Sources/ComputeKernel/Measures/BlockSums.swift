import Synchronization

/// Sums over images in blocks of a fixed size that are added in their order.
///
/// The number of threads decides who computes a block, never what is added to what.
enum BlockSums {
  static let imagesPerBlock = 1024

  /// The sum over the blocks of `range`, which are added to `zero` in their order.
  ///
  /// - Parameters:
  ///   - range: numbers of images.
  ///   - threads: at most so many blocks are computed at a time; who is done takes the next.
  ///   - zero: where the sum begins.
  ///   - work: makes the memory of one thread.
  ///   - block: computes one block's sum in a thread's memory.
  ///   - add: adds a block's sum.
  /// - Returns: the total.
  static func sum<Work, Sum: Sendable>(
    _ range: Range<Int>, threads: Int, from zero: Sum, work: @Sendable () -> Work,
    of block: @Sendable (inout Work, Range<Int>) -> Sum,
    adding add: @Sendable (inout Sum, Sum) -> Void
  ) -> Sum {
    let blocks = stride(from: range.lowerBound, to: range.upperBound, by: imagesPerBlock)
      .map { $0..<min($0 + imagesPerBlock, range.upperBound) }
    let taken = Atomic(0)
    let total = Mutex(OrderedTotal(zero))
    ParallelParts.onThreads(min(threads, blocks.count)) {
      var work = work()
      while true {
        let k = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        guard k < blocks.count else { return }
        let part = block(&work, blocks[k])
        total.withLock { $0.add(part, of: k, by: add) }
      }
    }
    return total.withLock { $0.sum }
  }
}

/// A sum of parts that come in any order and are added in theirs.
private struct OrderedTotal<Sum: Sendable> {
  private(set) var sum: Sum
  private var next = 0
  private var early: [Int: Sum] = [:]

  init(_ zero: Sum) { sum = zero }

  mutating func add(_ part: Sum, of block: Int, by add: (inout Sum, Sum) -> Void) {
    early[block] = part
    while let part = early.removeValue(forKey: next) {
      add(&sum, part)
      next += 1
    }
  }
}
