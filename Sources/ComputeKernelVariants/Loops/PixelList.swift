import CCPU

extension Loops {
  /// Where the list of one image lies among the words.
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
    _ starts: Span<Int32>, _ words: Span<UInt32>, _ batch: Span<Int32>, _ n: Int
  ) {
    guard n < batch.count else { return }
    let list = list(starts, batch[n])
    unsafe words.withUnsafeBufferPointer { words in
      guard let base = words.baseAddress else { return }
      for k in stride(from: list.lowerBound, to: list.upperBound, by: 16) {
        unsafe ccpu_prefetch(base + k)
      }
    }
  }

  /// The place of a pixel in its image, from its word in a list.
  @inline(__always)
  static func place(_ word: UInt32) -> Int { Int(word & 0xffff) }

  /// The brightness of a pixel, 1…255, from its word in a list.
  @inline(__always)
  static func brightness(_ word: UInt32) -> Float { Float(bitPattern: word & 0xffff_0000) }
}
