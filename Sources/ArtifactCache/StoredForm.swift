/// The bytes of an object file: a header, then the content in chunks that are each deflated or not.
///
///     object  = header chunk*
///     header  = "PIPEOBJ1" size:u64 chunkSize:u32 check:u32      24 bytes, little-endian
///     chunk   = length:u32 bytes[length & 0x7fff_ffff]            top bit set: stored as it is
///
/// Each chunk holds `chunkSize` bytes of content, the last one the rest; `check` is the first four
/// bytes of the SHA-256 of the 20 before it. Chunks are independent, so that all cores work on one.
enum StoredForm {
  static let magic = Array("PIPEOBJ1".utf8)
  static let headerSize = 24
  /// Chunks that this program writes.
  static let chunkSize = 1 << 20
  /// Chunks that it reads: what a reader may have to allocate.
  static let largestChunk = 4 << 20
  static let rawFlag: UInt32 = 1 << 31

  struct Header: Equatable {
    var size: Int
    var chunkSize: Int

    var chunks: Int { (size + chunkSize - 1) / chunkSize }

    /// Bytes of content in chunk `index`.
    func contentSize(ofChunk index: Int) -> Int { min(chunkSize, size - index * chunkSize) }
  }
}

extension StoredForm.Header {
  var encoded: [UInt8] {
    var writer = ByteWriter(reserving: StoredForm.headerSize)
    writer.append(raw: StoredForm.magic)
    writer.append(UInt64(size))
    writer.append(UInt32(chunkSize))
    writer.append(UInt32(truncatingIfNeeded: Digest.of(writer.bytes).words.0 >> 32))
    return writer.bytes
  }

  /// Reads the header of a file of `fileSize` bytes.
  ///
  /// A length that so few bytes cannot hold is refused here, before anything is allocated for it.
  init(decoding bytes: ArraySlice<UInt8>, fileSize: Int) throws(MalformedBytes) {
    var reader = ByteReader(bytes)
    guard reader.remaining >= StoredForm.headerSize else {
      throw MalformedBytes(reason: "shorter than a header")
    }
    guard try reader.take(8).elementsEqual(StoredForm.magic) else {
      throw MalformedBytes(reason: "does not begin as an object")
    }
    size = try reader.size()
    chunkSize = Int(try reader.integer(UInt32.self))
    guard chunkSize > 0, chunkSize <= StoredForm.largestChunk else {
      throw MalformedBytes(reason: "chunks of \(chunkSize) bytes")
    }
    guard size / Zlib.maximumRatio <= fileSize else {
      throw MalformedBytes(reason: "\(fileSize) bytes cannot hold \(size)")
    }
    guard encoded.elementsEqual(bytes.prefix(StoredForm.headerSize)) else {
      throw MalformedBytes(reason: "wrong check sum of the header")
    }
  }
}

extension StoredForm {
  /// A chunk's length field and bytes: deflated where that pays, else as it is.
  static func encodeChunk(_ content: UnsafeRawBufferPointer) -> [UInt8] {
    var writer = ByteWriter(reserving: 4)
    if let deflated = deflatedIfWorthwhile(content) {
      writer.append(UInt32(deflated.count))
      writer.append(raw: deflated)
    } else {
      writer.append(UInt32(content.count) | rawFlag)
      writer.append(raw: content)
    }
    return writer.bytes
  }

  /// The content of a chunk, or nil when its bytes are damaged.
  static func decodeChunk(_ bytes: ArraySlice<UInt8>, length: UInt32, size: Int) -> [UInt8]? {
    if length & rawFlag != 0 { return bytes.count == size ? Array(bytes) : nil }
    return bytes.withUnsafeBytes { Zlib.inflate($0, size: size) }
  }

  /// Nil when less than a tenth is gained.
  ///
  /// Of a large chunk a sample is tried first, since deflating what does not shrink (trained
  /// weights lose 8 %) costs the most time.
  private static func deflatedIfWorthwhile(_ content: UnsafeRawBufferPointer) -> [UInt8]? {
    let sampleSize = 16 << 10
    if content.count > 8 * sampleSize {
      let middle = content.count / 2
      let sample = UnsafeRawBufferPointer(rebasing: content[middle..<middle + sampleSize])
      if Zlib.deflate(sample, limit: worthwhile(sampleSize)) == nil { return nil }
    }
    return Zlib.deflate(content, limit: worthwhile(content.count))
  }

  private static func worthwhile(_ count: Int) -> Int { count - count / 10 }
}
