import CCPU

extension Loops {
  /// Where the list of one image lies in columns and values.
  @inline(__always)
  static func list(_ starts: Span<Int32>, _ image: Int32) -> Range<Int> {
    Int(starts[Int(image)])..<Int(starts[Int(image) + 1])
  }

  /// Asks for where the lists of a batch begin: shuffled images lie anywhere in memory.
  @inline(__always)
  static func prefetchStarts(_ starts: Span<Int32>, _ batch: Span<Int32>) {
    unsafe starts.withUnsafeBufferPointer { starts in
      for n in 0..<batch.count {
        unsafe ccpu_prefetch(
          starts.baseAddress.map { unsafe $0 + Int(batch[n]) })
      }
    }
  }

  /// Asks for the list of image `batch[n]`, if the batch has that many.
  @inline(__always)
  static func prefetchList(
    _ starts: Span<Int32>, _ columns: Span<UInt16>, _ values: Span<UInt8>, _ batch: Span<Int32>,
    _ n: Int
  ) {
    guard n < batch.count else { return }
    let list = list(starts, batch[n])
    unsafe columns.withUnsafeBufferPointer { columns in
      guard let base = columns.baseAddress else { return }
      for k in stride(from: list.lowerBound, to: list.upperBound, by: 32) {
        unsafe ccpu_prefetch(base + k)
      }
    }
    unsafe values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for k in stride(from: list.lowerBound, to: list.upperBound, by: 64) {
        unsafe ccpu_prefetch(base + k)
      }
    }
  }
}
