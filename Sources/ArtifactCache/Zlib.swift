import CZlib

/// One zlib stream in memory.
///
/// The only file that knows zlib.
enum Zlib {
  /// The least that deflate can make of `count` bytes is `count / maximumRatio`.
  static let maximumRatio = 1032

  /// Bytes of a stream with any content: two of header, at least three of data, four of check sum.
  private static let smallestStream = 9

  /// The bytes as a zlib stream of level 1; nil when that takes more than `limit` bytes.
  ///
  /// Window and tables are as large as these bytes can make use of. At their usual sizes they take a
  /// quarter of a megabyte, and to clear that takes longer than to deflate a small file.
  static func deflate(_ bytes: UnsafeRawBufferPointer, limit: Int) -> [UInt8]? {
    if limit < smallestStream { return nil }
    var stream = z_stream()
    let bits = Int32(Int.bitWidth - (bytes.count + 511).leadingZeroBitCount)
    let (window, memory) = (min(max(bits, 9), 15), min(max(bits - 6, 1), 8))
    guard
      deflateInit2_(
        &stream, 1, Z_DEFLATED, window, memory, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var isComplete = false
    let output = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      stream.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(bytes.count)
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(limit)
      isComplete = CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END
      count = limit - Int(stream.avail_out)
    }
    return isComplete ? output : nil
  }

  /// The content of one zlib stream that takes all of `bytes` and inflates to exactly `size` bytes
  /// with the right check sum; nil for anything else.
  ///
  /// Allocates `size` bytes and no more.
  static func inflate(_ bytes: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    var isRight = false
    let output = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      stream.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(bytes.count)
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(size)
      let result = CZlib.inflate(&stream, Z_FINISH)
      count = size - Int(stream.avail_out)
      isRight = result == Z_STREAM_END && count == size && stream.avail_in == 0
    }
    return isRight ? output : nil
  }
}
