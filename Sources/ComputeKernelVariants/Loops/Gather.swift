import CCPU

extension Loops {
  /// Turns the groups of some images, image by image, into the images of each group.
  ///
  /// The record of an image, `records[starts[image]..<starts[image + 1]]`, is a bit for each group
  /// of four pixels, two words for 64, and the bytes of the groups whose bit is set. Results: group g
  /// of the images of `batch`, at most 128, is `ends[g - 1]..<ends[g]` of `images`, the place of an
  /// image in the batch, ascending, and of x [4], the brightness of the pixels. `images` has room for
  /// eight more. Scratch: `bits` [64s of images][64s of groups][64], `cursors` [batch].
  @inline(never)
  package static func gather(
    records: Span<UInt32>, starts: Span<Int32>, batch: Span<Int32>,
    bits: inout MutableSpan<UInt64>, cursors: inout MutableSpan<Int32>,
    ends: inout MutableSpan<Int32>, images: inout MutableSpan<UInt8>, x: inout MutableFloats
  ) {
    let groups = ends.count
    let words = (groups + 63) / 64
    let halves = (batch.count + 63) / 64
    precondition(batch.count <= 128 && cursors.count >= batch.count)
    precondition(bits.count >= halves * words * 64)
    precondition(images.count >= batch.count * groups + 8)
    precondition(x.floats >= batch.count * groups * BlockSizes.pixelsPerGroup)
    for n in 0..<batch.count {
      cursors[n] = starts[Int(batch[n])] + Int32(truncatingIfNeeded: 2 * words)
    }
    for half in 0..<halves {
      for word in 0..<words {
        let square = (half * words + word) * 64
        for k in 0..<64 {
          let n = half * 64 + k
          bits[square + k] = n < batch.count ? mask(records, Int(starts[Int(batch[n])]), word) : 0
        }
        unsafe transposeBits(&bits, at: square)
      }
    }
    let count = unsafe listImages(bits.span, halves, words, &ends, &images)
    unsafe widen(records, images.span, count, &cursors, &x)
  }

  /// Groups `64 * word ..< 64 * word + 64` of the record at `start`.
  @inline(__always)
  private static func mask(_ records: Span<UInt32>, _ start: Int, _ word: Int) -> UInt64 {
    UInt64(records[start + 2 * word]) | UInt64(records[start + 2 * word + 1]) << 32
  }

  /// From bits to numbers: the images of every group, and where they end; gives their count.
  @unsafe @inline(__always)
  private static func listImages(
    _ bits: Span<UInt64>, _ halves: Int, _ words: Int, _ ends: inout MutableSpan<Int32>,
    _ images: inout MutableSpan<UInt8>
  ) -> Int {
    var count = 0
    let places = placesOfBits.span
    for g in 0..<ends.count {
      for half in 0..<halves {
        let word = bits[(half * words + g / 64) * 64 + g % 64]
        if word != 0 { count = unsafe append(word, UInt64(half) * 64, places, &images, count) }
      }
      ends[g] = Int32(truncatingIfNeeded: count)
    }
    return count
  }

  /// x [count][4]: the bytes of each image's next group as floats.
  @unsafe @inline(__always)
  private static func widen(
    _ records: Span<UInt32>, _ images: Span<UInt8>, _ count: Int,
    _ cursors: inout MutableSpan<Int32>, _ x: inout MutableFloats
  ) {
    var x = unsafe x.mutableBytes
    for k in 0..<count {
      let n = unsafe Int(images[unchecked: k])
      let from = unsafe cursors[unchecked: n]
      unsafe cursors[unchecked: n] = from &+ 1
      let four = unsafe ccpu_widen_four(records[unchecked: Int(from)])
      unsafe x.storeBytes(of: four, toUncheckedByteOffset: k &* 16, as: SIMD4<Float>.self)
    }
  }

  /// Appends `first` + the place of every bit that is set, ascending; gives the new count.
  ///
  /// Eight bits a time without a branch: what is written too much is overwritten next.
  @unsafe @inline(__always)
  private static func append(
    _ word: UInt64, _ first: UInt64, _ places: Span<UInt64>, _ images: inout MutableSpan<UInt8>,
    _ count: Int
  ) -> Int {
    let each: UInt64 = 0x0101_0101_0101_0101
    var bytes = unsafe images.mutableBytes
    var count = count
    for byte in 0..<8 {
      let eight = Int(truncatingIfNeeded: (word &>> UInt64(8 * byte)) & 255)
      let offset = each &* (first &+ UInt64(8 * byte))
      unsafe bytes.storeBytes(
        of: (places[unchecked: eight] &+ offset).littleEndian, toUncheckedByteOffset: count,
        as: UInt64.self)
      count &+= eight.nonzeroBitCount
    }
    return count
  }

  /// For each byte the places of its bits that are set, a byte each, the first lowest.
  private static let placesOfBits: [UInt64] = (0..<256).map { byte in
    let places = (0..<8).filter { byte >> $0 & 1 == 1 }
    return places.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
  }

  /// Turns a square of 64 × 64 bits: bit j of word i becomes bit i of word j.
  ///
  /// Halves are exchanged, then halves of halves (Warren, Hacker's Delight, 7–3).
  @unsafe @inline(__always)
  private static func transposeBits(_ bits: inout MutableSpan<UInt64>, at start: Int) {
    precondition(start >= 0 && start + 64 <= bits.count)
    unsafe exchange(&bits, start, 32, 0x0000_0000_ffff_ffff)
    unsafe exchange(&bits, start, 16, 0x0000_ffff_0000_ffff)
    unsafe exchange(&bits, start, 8, 0x00ff_00ff_00ff_00ff)
    unsafe exchange(&bits, start, 4, 0x0f0f_0f0f_0f0f_0f0f)
    unsafe exchange(&bits, start, 2, 0x3333_3333_3333_3333)
    unsafe exchange(&bits, start, 1, 0x5555_5555_5555_5555)
  }

  /// Exchanges the upper bits under `mask` of each word with the lower bits of the word `width` on.
  @unsafe @inline(__always)
  private static func exchange(
    _ bits: inout MutableSpan<UInt64>, _ start: Int, _ width: Int, _ mask: UInt64
  ) {
    var block = 0
    while block < 64 {
      for k in 0..<width {
        let at = start &+ block &+ k
        let low = unsafe bits[unchecked: at]
        let high = unsafe bits[unchecked: at &+ width]
        let exchanged = (low &>> UInt64(width) ^ high) & mask
        unsafe bits[unchecked: at] = low ^ exchanged &<< UInt64(width)
        unsafe bits[unchecked: at &+ width] = high ^ exchanged
      }
      block &+= 2 &* width
    }
  }

  /// Asks for the places of the records of images whose records will be asked for.
  @inline(never)
  package static func prefetch(starts: Span<Int32>, images: Span<Int32>) {
    unsafe starts.withUnsafeBufferPointer { starts in
      guard let starts = starts.baseAddress else { return }
      for n in 0..<images.count { unsafe ccpu_prefetch(starts + Int(images[n])) }
    }
  }

  /// Asks for the records of images that will be gathered: shuffled images lie anywhere in memory.
  @inline(never)
  package static func prefetch(
    records: Span<UInt32>, starts: Span<Int32>, images: Span<Int32>
  ) {
    unsafe records.withUnsafeBufferPointer { records in
      guard let records = records.baseAddress else { return }
      for n in 0..<images.count {
        let image = Int(images[n])
        let end = Int(starts[image + 1])
        for k in stride(from: Int(starts[image]), to: end, by: 16) {
          unsafe ccpu_prefetch(records + k)
        }
      }
    }
  }
}
