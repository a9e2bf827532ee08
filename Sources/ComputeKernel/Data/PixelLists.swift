import CCPU

/// The pixels of every image that are not 0: four fifths of MNIST need not be looked at.
struct PixelLists: Sendable {
  /// List n occupies `starts[n]..<starts[n + 1]`.
  let starts: [Int32]
  /// Of each pixel its place in the image and its brightness in one word, see ``word(_:_:)``;
  /// places ascend, and each is below the number of pixels of an image.
  let words: [UInt32]

  init(_ images: LabelledImages) {
    precondition(images.pixels.count < Int(Int32.max), "the lists are counted in 32 bits")
    var count = 0
    for pixel in images.pixels where pixel != 0 { count += 1 }
    var starts: [Int32] = [0]
    starts.reserveCapacity(images.count + 1)
    let pixels = images.pixels.span
    words = unsafe [UInt32](unsafeUninitializedCapacity: count) { words, filled in
      // Shuffled images lie anywhere in memory: with small pages each would cost a walk.
      unsafe ccpu_advise_huge_pages(words.baseAddress, count * MemoryLayout<UInt32>.stride)
      for n in 0..<images.count {
        let image = pixels.extracting(
          n * images.pixelsPerImage..<(n + 1) * images.pixelsPerImage)
        for i in 0..<image.count where image[i] != 0 {
          unsafe words.initializeElement(at: filled, to: Self.word(i, image[i]))
          filled += 1
        }
        starts.append(Int32(filled))
      }
    }
    self.starts = starts
  }

  /// The brightness as a float with the place in its low half: a byte needs only eight of its
  /// twenty-four significant bits.
  private static func word(_ place: Int, _ brightness: UInt8) -> UInt32 {
    Float(brightness).bitPattern | UInt32(truncatingIfNeeded: place)
  }

  static func place(_ word: UInt32) -> UInt16 { UInt16(truncatingIfNeeded: word) }

  static func brightness(_ word: UInt32) -> UInt8 {
    UInt8(Float(bitPattern: word & 0xffff_0000))
  }
}
