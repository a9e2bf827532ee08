import CCPU

/// The pixels of every image in groups of four neighbours, without the groups that are all 0.
///
/// Seven in ten groups of MNIST are left out. A group is four bytes, so that one word holds it and
/// the inner loops turn it into four floats at once.
struct PixelGroups: Sendable {
  static let pixelsPerGroup = 4

  /// Groups in an image, with those that are 0; the last is filled up with zeros.
  let groupsPerImage: Int
  /// The record of image n is `records[starts[n]..<starts[n + 1]]`.
  let starts: [Int32]
  /// A record is a mask, two words for each 64 groups, group 0 in the lowest bit, and then the
  /// groups whose bit is set: four pixels each, the first in the lowest byte.
  let records: [UInt32]

  init(_ images: LabelledImages) {
    precondition(images.pixels.count < Int(Int32.max), "the groups are counted in 32 bits")
    groupsPerImage = Self.groups(ofPixels: images.pixelsPerImage)
    let groups = groupsPerImage
    let maskWords = Self.maskWords(groups)
    let pixels = images.pixels.span
    var starts: [Int32] = [0]
    starts.reserveCapacity(images.count + 1)
    var end = 0
    for n in 0..<images.count {
      let image = pixels.extracting(n * images.pixelsPerImage..<(n + 1) * images.pixelsPerImage)
      end += maskWords
      for g in 0..<groups where Self.group(g, of: image) != 0 { end += 1 }
      starts.append(Int32(end))
    }
    records = unsafe [UInt32](unsafeUninitializedCapacity: end) { records, filled in
      // Shuffled images lie anywhere in memory: with small pages each would cost a walk.
      unsafe ccpu_advise_huge_pages(records.baseAddress, end * MemoryLayout<UInt32>.stride)
      unsafe records.initialize(repeating: 0)
      filled = end
      for n in 0..<images.count {
        let image = pixels.extracting(
          n * images.pixelsPerImage..<(n + 1) * images.pixelsPerImage)
        let start = Int(starts[n])
        var at = start + maskWords
        for g in 0..<groups {
          let group = Self.group(g, of: image)
          guard group != 0 else { continue }
          unsafe records[start + g / 32] |= 1 << UInt32(g % 32)
          unsafe records[at] = group
          at += 1
        }
      }
    }
    self.starts = starts
  }

  /// Groups that hold so many pixels.
  static func groups(ofPixels count: Int) -> Int { (count + pixelsPerGroup - 1) / pixelsPerGroup }

  /// The words of an image's mask.
  var maskWords: Int { Self.maskWords(groupsPerImage) }

  private static func maskWords(_ groups: Int) -> Int { (groups + 63) / 64 * 2 }

  private static func group(_ g: Int, of image: Span<UInt8>) -> UInt32 {
    let first = g * pixelsPerGroup
    if first + pixelsPerGroup <= image.count {
      let group = unsafe image.bytes.unsafeLoadUnaligned(fromByteOffset: first, as: UInt32.self)
      return UInt32(littleEndian: group)
    }
    var group: UInt32 = 0
    for i in first..<image.count { group |= UInt32(image[i]) << UInt32(8 * (i - first)) }
    return group
  }
}
